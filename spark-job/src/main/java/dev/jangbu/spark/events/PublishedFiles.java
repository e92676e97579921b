package dev.jangbu.spark.events;

import dev.jangbu.kit.workspace.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The clean files of a published day, wherever they lie. */
public interface PublishedFiles {
    Manifest manifest();

    /** The day's folder, for people. */
    String folder();

    /** The file that names them, for people. */
    String manifestFile();

    /** What to run when one is not as its manifest says, as a sentence's end. */
    String remedy();

    /** In the manifest's order, as Spark reads them. */
    List<String> urls();

    InputStream open(Manifest.Entry file) throws IOException;

    /** @throws dev.jangbu.kit.exit.JobFailure when a file's bytes are not those that were published */
    void requireUnchanged();
}
