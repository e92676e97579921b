package dev.jangbu.spark.store;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A bucket, or a folder, by its URL, and how it is reached. No key is in it.
 *
 * @param url without a slash at its end
 * @param hadoop settings of its file system
 */
public record Store(String url, Map<String, String> hadoop) {
    private static final List<String> SCHEMES = List.of("file", "s3a");
    private static final String OF_SPARK = "spark.hadoop.";
    private static final String COMMITTERS = "mapreduce.outputcommitter.factory.scheme.s3a";
    private static final String AMAZONS = "s3:";
    private static final String HADOOPS = "s3a:";

    public Store {
        hadoop = Map.copyOf(hadoop);
    }

    /** Whether a text is meant for a place, not a name. */
    public static boolean isUrl(String text) {
        return text.contains(":/");
    }

    /**
     * @param option that named it, for the message
     * @throws JobFailure with {@link ExitCode#USAGE} when it is no URL of a kind that is known, or a setting is wrong
     */
    public static Store of(String option, String url, Map<String, String> environment) {
        String known = url.startsWith(AMAZONS) ? HADOOPS + url.substring(AMAZONS.length()) : url;
        if (!SCHEMES.contains(scheme(known))) {
            throw new JobFailure(
                    ExitCode.USAGE, option + ": " + url + " (expected: file:///folder or s3a://bucket/folder)");
        }
        String bare = known.endsWith("/") ? known.substring(0, known.length() - 1) : known;
        return new Store(
                bare, bare.startsWith(HADOOPS) ? S3Settings.from(environment).hadoop() : Map.of());
    }

    /** A day of one of its areas. */
    public StoredDay day(String area, String dataset, LocalDate day) {
        return new StoredDay(this, area, dataset, day);
    }

    /** What Spark is to be set for it, on the driver and on every executor. */
    public Map<String, String> spark() {
        Map<String, String> settings = new LinkedHashMap<>();
        hadoop.forEach((key, value) -> settings.put(OF_SPARK + key, value));
        if (url.startsWith(HADOOPS)) {
            // What is written counts by its manifest, so the plain way will do, of which the store's own would warn.
            settings.put(OF_SPARK + COMMITTERS, "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory");
        }
        return settings;
    }

    public Configuration configuration() {
        Configuration configuration = new Configuration();
        hadoop.forEach(configuration::set);
        return configuration;
    }

    public FileSystem files() throws IOException {
        return new Path(url).getFileSystem(configuration());
    }

    private static String scheme(String url) {
        try {
            return String.valueOf(URI.create(url).getScheme());
        } catch (IllegalArgumentException notAUrl) {
            return "";
        }
    }
}
