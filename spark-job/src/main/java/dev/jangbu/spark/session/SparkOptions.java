package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command on Spark has, as a picocli mixin. */
public final class SparkOptions {
    /** Set by {@code spark-submit --master}. */
    private static final String SUBMITTED = "spark.master";

    private static final String SETTING = "JANGBU_SPARK_MASTER";
    private static final String CONF_SETTING = "JANGBU_SPARK_CONF";
    private static final String THIS_MACHINE = "local[*]";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where Spark runs: local[2], spark://host:7077, yarn, k8s://https://host:6443 (default:"
                    + " spark-submit's, else env JANGBU_SPARK_MASTER, else local[*]).")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Spark's, such as spark.sql.shuffle.partitions=64; may be repeated (over those of"
                            + " spark-submit, and of env JANGBU_SPARK_CONF, several with spaces between).")
    private Map<String, String> conf = new LinkedHashMap<>();

    /** @throws dev.jangbu.kit.exit.JobFailure with exit code 2 when a setting is wrong */
    public SparkSettings settings(Workspace workspace, Map<String, String> environment) {
        String master = master(environment);
        Map<String, String> all = new LinkedHashMap<>();
        if (KubernetesPods.areOf(master)) {
            all.putAll(KubernetesPods.defaults(environment));
        }
        all.putAll(everyRuns(environment.getOrDefault(CONF_SETTING, "")));
        Set<String> submitted = System.getProperties().stringPropertyNames();
        all.keySet().removeAll(submitted);
        all.putAll(conf);
        if (KubernetesPods.areOf(master)) {
            KubernetesPods.requireImage(key -> all.containsKey(key) || submitted.contains(key));
        }
        return new SparkSettings(master, BusinessCalendar.from(environment).zone(), workspace.root(), all);
    }

    /** {@code KEY=VALUE}, spaces between them. */
    private static Map<String, String> everyRuns(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        SPACE.splitAsStream(text.strip()).filter(one -> !one.isEmpty()).forEach(one -> {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        CONF_SETTING + ": " + one + " (expected: KEY=VALUE, and spaces between several)");
            }
            settings.put(one.substring(0, equals), one.substring(equals + 1));
        });
        return settings;
    }

    private String master(Map<String, String> environment) {
        if (master != null) {
            return master;
        }
        String otherwise = environment.getOrDefault(SETTING, "");
        return Objects.requireNonNull(System.getProperty(SUBMITTED, otherwise.isBlank() ? THIS_MACHINE : otherwise));
    }
}
