package dev.jangbu.spark.store;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.RunFolders;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import tools.jackson.core.JacksonException;

/**
 * One day of one area of a store, with the folders and the manifest of a workspace's day. A store has no rename that is one
 * step, but an object is there whole or not at all: writing the manifest is the commit.
 */
public record StoredDay(Store store, String area, String dataset, LocalDate businessDate) {
    private static final String MANIFEST = "manifest.json";
    private static final String HALF_WRITTEN_PREFIX = ".";
    private static final String HALF_WRITTEN_SUFFIX = ".tmp";

    public String url() {
        return store.url() + "/" + area + "/" + dataset + "/" + businessDate;
    }

    public String manifestFile() {
        return url() + "/" + MANIFEST;
    }

    /** Where a run may write what does not count yet. */
    public String workUrl(String runId) {
        return url() + "/" + HALF_WRITTEN_PREFIX + runId + HALF_WRITTEN_SUFFIX;
    }

    /**
     * @param remedy what to do when there is none, as a sentence's end
     * @throws JobFailure when there is none, or a file it names is not there with its length
     */
    public Manifest read(String remedy) {
        try {
            FileSystem files = store.files();
            Manifest manifest = manifest(files, remedy);
            for (Manifest.Entry entry : manifest.files()) {
                requireSize(files, entry, remedy);
            }
            return manifest;
        } catch (IOException failure) {
            throw StoreFailure.of("cannot read", url(), failure);
        }
    }

    /** Of a file the manifest names. */
    public String url(Manifest.Entry entry) {
        if (List.of(entry.path().split("/")).contains("..")) {
            throw new JobFailure(ExitCode.FAILED, manifestFile() + " names a file outside its folder: " + entry.path());
        }
        return url() + "/" + entry.path();
    }

    public InputStream open(Manifest.Entry entry) throws IOException {
        return store.files().open(new Path(url(entry)));
    }

    /** Makes this manifest the day's. The files it names must be there. */
    public void publish(Manifest manifest) {
        try (OutputStream out = store.files().create(new Path(manifestFile()), true)) {
            out.write(Json.pretty(manifest));
        } catch (IOException failure) {
            throw StoreFailure.of("cannot write", manifestFile(), failure);
        }
    }

    /** Removes what killed runs were at. Only for who holds the day's writer, before it begins. */
    public void removeHalfWritten() {
        tidy(StoredDay::isHalfWritten);
    }

    /** Removes what lies beside the folder of a published run: runs before it, and what killed runs left. */
    public void removeOtherRuns(String published) {
        tidy(name -> (RunFolders.isRunId(name) && !name.equals(published)) || isHalfWritten(name));
    }

    private static boolean isHalfWritten(String name) {
        return name.startsWith(HALF_WRITTEN_PREFIX) && name.endsWith(HALF_WRITTEN_SUFFIX);
    }

    private Manifest manifest(FileSystem files, String remedy) throws IOException {
        try (InputStream in = files.open(new Path(manifestFile()))) {
            return Json.mapper().readValue(in.readAllBytes(), Manifest.class);
        } catch (FileNotFoundException none) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "no " + area + " for " + dataset + " " + businessDate + " in " + url() + "; " + remedy,
                    none);
        } catch (JacksonException | IllegalArgumentException failure) {
            throw new JobFailure(
                    ExitCode.FAILED, manifestFile() + ": not a manifest this version reads; " + remedy, failure);
        }
    }

    private void requireSize(FileSystem files, Manifest.Entry entry, String remedy) throws IOException {
        String file = url(entry);
        try {
            long bytes = files.getFileStatus(new Path(file)).getLen();
            if (bytes != entry.bytes()) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        file + ": " + bytes + " bytes (expected: " + entry.bytes() + ", as " + manifestFile()
                                + " says); " + remedy);
            }
        } catch (FileNotFoundException missing) {
            throw new JobFailure(
                    ExitCode.FAILED, file + ": missing, though " + manifestFile() + " names it; " + remedy, missing);
        }
    }

    private void tidy(Predicate<String> isLeft) {
        try {
            FileSystem files = store.files();
            for (FileStatus child : files.listStatus(new Path(url()))) {
                if (isLeft.test(child.getPath().getName())) {
                    files.delete(child.getPath(), true);
                }
            }
        } catch (FileNotFoundException nothingThere) {
            return;
        } catch (IOException failure) {
            throw StoreFailure.of("cannot tidy", url(), failure);
        }
    }
}
