package dev.jangbu.spark.store;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.PublishedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a day in a store; proven by Spark's tasks, one a file.
 *
 * @param remedy what to do when one is not as its manifest says, as a sentence's end
 */
record StoredFiles(SparkSession spark, StoredDay day, Manifest manifest, String remedy) implements PublishedFiles {
    @Override
    public String folder() {
        return day.url();
    }

    @Override
    public String manifestFile() {
        return day.manifestFile();
    }

    @Override
    public List<String> urls() {
        return manifest.files().stream().map(day::url).toList();
    }

    @Override
    public InputStream open(Manifest.Entry file) throws IOException {
        return day.open(file);
    }

    @Override
    public void requireUnchanged() {
        List<String> urls = urls();
        if (urls.isEmpty()) {
            return;
        }
        List<String> found = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(urls, urls.size())
                .map(new StoredDigest(day.store()))
                .collect();
        for (int file = 0; file < found.size(); file++) {
            String expected = manifest.files().get(file).sha256();
            if (!found.get(file).equals(expected)) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        urls.get(file) + ": sha256 " + found.get(file) + " (expected: " + expected + ", as "
                                + manifestFile() + " says); " + remedy);
            }
        }
    }
}
