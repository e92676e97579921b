package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Where Spark runs and what is set of it. Immutable.
 *
 * @param zone in which hours and days are told, on the driver and on every executor
 * @param workspace below it lies what Spark keeps of its own
 * @param conf what the user set; stands over all else
 */
public record SparkSettings(String master, ZoneId zone, Path workspace, Map<String, String> conf) {
    private static final Pattern MASTER = Pattern.compile(
            "local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?|local-cluster\\[\\d+,\\d+,\\d+]|yarn|spark://.+|k8s://.+");
    private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?");
    private static final String KEY_PREFIX = "spark.";
    private static final String THIS_MACHINE = "127.0.0.1";

    public SparkSettings {
        if (!MASTER.matcher(master).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--master: " + master
                            + " (expected: local[*], local[2], spark://host:7077, yarn or k8s://https://host:6443)");
        }
        for (String key : conf.keySet()) {
            if (!key.startsWith(KEY_PREFIX)) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--conf: " + key + " (expected: a setting of Spark's, which begins with spark.)");
            }
        }
        conf = Map.copyOf(conf);
    }

    /** Whether all of Spark is in this process. */
    public boolean isLocal() {
        return LOCAL.matcher(master).matches();
    }

    /** The same with more settings, each under what the user set. */
    public SparkSettings with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(conf);
        return new SparkSettings(master, zone, workspace, all);
    }

    /** A builder with all that is set; {@code spark-submit}'s settings are under it by themselves. */
    SparkSession.Builder builder() {
        SparkSession.Builder builder = SparkSession.builder().master(master).appName("jangbu");
        defaults().forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                builder.config(key, value);
            }
        });
        conf.forEach(builder::config);
        return builder;
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.sql.session.timeZone", zone.getId());
        defaults.put(
                "spark.sql.warehouse.dir",
                workspace.resolve("spark/warehouse").toUri().toString());
        // More than an event has columns: with fewer Spark warns of plans that it shortens for its log.
        defaults.put("spark.sql.debug.maxToStringFields", "100");
        defaults.put("spark.ui.enabled", "false");
        defaults.put("spark.ui.showConsoleProgress", "false");
        if (isLocal()) {
            defaults.put("spark.driver.host", THIS_MACHINE);
            defaults.put("spark.driver.bindAddress", THIS_MACHINE);
            // 200 by default, most of them empty on one machine.
            defaults.put("spark.sql.shuffle.partitions", String.valueOf(shufflePartitions()));
            // What is kept is read soon, by the same cores that would have to pack it.
            defaults.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        }
        if (KubernetesPods.areOf(master) && !conf.containsKey(KubernetesPods.TEMPLATE)) {
            defaults.putAll(KubernetesPods.template());
        }
        return defaults;
    }

    /** Some more than there are cores, so that what is sorted at once is small; Spark joins those that are too small. */
    private static int shufflePartitions() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }
}
