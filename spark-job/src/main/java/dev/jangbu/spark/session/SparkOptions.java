package dev.jangbu.spark.session;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command on Spark has, as a picocli mixin. */
public final class SparkOptions {
    /** Set by {@code spark-submit --master}. */
    private static final String SUBMITTED = "spark.master";

    private static final String SETTING = "JANGBU_SPARK_MASTER";
    private static final String THIS_MACHINE = "local[*]";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where Spark runs: local[2], spark://host:7077, yarn, k8s://https://host:6443 (default:"
                    + " spark-submit's, else env JANGBU_SPARK_MASTER, else local[*]).")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark's, such as spark.sql.shuffle.partitions=64; may be repeated.")
    private Map<String, String> conf = new LinkedHashMap<>();

    /** @throws dev.jangbu.kit.exit.JobFailure with exit code 2 when a setting is wrong */
    public SparkSettings settings(Workspace workspace, Map<String, String> environment) {
        return new SparkSettings(
                master(environment), BusinessCalendar.from(environment).zone(), workspace.root(), conf);
    }

    private String master(Map<String, String> environment) {
        if (master != null) {
            return master;
        }
        String otherwise = environment.getOrDefault(SETTING, "");
        return Objects.requireNonNull(System.getProperty(SUBMITTED, otherwise.isBlank() ? THIS_MACHINE : otherwise));
    }
}
