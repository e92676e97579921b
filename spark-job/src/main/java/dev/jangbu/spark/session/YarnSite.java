package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where YARN's ResourceManager is: said by {@code yarn-site.xml}, which {@code spark-submit} finds in {@code HADOOP_CONF_DIR}.
 * Without it Hadoop asks this machine for a quarter of an hour.
 */
final class YarnSite {
    private static final String YARN = "yarn";
    private static final String FILE = "yarn-site.xml";
    private static final String BY_SETTING = "spark.hadoop.yarn.resourcemanager.";

    /** Of Spark's jars for YARN; where it is not, Spark says itself that it knows no such cluster. */
    private static final String YARN_OF_SPARK = "org/apache/spark/scheduler/cluster/YarnClusterManager.class";

    private YarnSite() {}

    /** @throws JobFailure with exit code 2 when the run is for YARN and nothing says where that is */
    static void require(SparkSettings settings) {
        require(
                settings,
                System.getProperties().stringPropertyNames(),
                Thread.currentThread().getContextClassLoader());
    }

    static void require(SparkSettings settings, Set<String> properties, @Nullable ClassLoader jars) {
        if (!settings.master().equals(YARN) || jars == null || jars.getResource(YARN_OF_SPARK) == null) {
            return;
        }
        if (jars.getResource(FILE) == null && !isSet(settings.conf().keySet()) && !isSet(properties)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "HADOOP_CONF_DIR: no " + FILE + " in it (expected: the folder of the cluster's " + FILE
                            + ", or --conf " + BY_SETTING + "hostname=HOST)");
        }
    }

    private static boolean isSet(Set<String> keys) {
        return keys.stream().anyMatch(key -> key.startsWith(BY_SETTING));
    }
}
