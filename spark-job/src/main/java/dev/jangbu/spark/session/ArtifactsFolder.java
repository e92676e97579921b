package dev.jangbu.spark.session;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code artifacts} that Spark 4.0 makes where the process runs, whatever is set, and leaves behind empty. Nothing
 * of ours is ever in it.
 */
final class ArtifactsFolder {
    private static final Logger log = LoggerFactory.getLogger(ArtifactsFolder.class);

    private static final Path FOLDER = Path.of("artifacts");

    /** Below all of Spark's and Hadoop's own: what has a higher one is done before. */
    private static final int LAST = 1;

    private ArtifactsFolder() {}

    /** When the process ends, after Spark has emptied it; one that another process works in, or somebody's own, stays. */
    static void removeAtEnd() {
        ShutdownHookManager.get().addShutdownHook(ArtifactsFolder::remove, LAST);
    }

    private static void remove() {
        try {
            Files.deleteIfExists(FOLDER);
        } catch (DirectoryNotEmptyException ofOthers) {
            log.debug("{} is in use", FOLDER);
        } catch (IOException failure) {
            log.debug("{} stays", FOLDER, failure);
        }
    }
}
