package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SparkSettingsTest {
    private static final Workspace WORKSPACE = new Workspace(Path.of("/srv/data"));

    @Test
    void sparkRunsOnThisMachineInSeoulUnlessToldOtherwise() {
        assertThat(settings(Map.of()))
                .isEqualTo(new SparkSettings("local[*]", ZoneId.of("Asia/Seoul"), Path.of("/srv/data"), Map.of()));
        assertThat(settings(Map.of()).isLocal()).isTrue();
    }

    @Test
    void everySettingIsMapped() {
        SparkSettings settings = settings(
                Map.of("JANGBU_SPARK_MASTER", "yarn", "JANGBU_ZONE", "UTC"),
                "--master",
                "spark://one:7077",
                "--conf",
                "spark.executor.memory=2g",
                "--conf",
                "spark.jars.packages=a:b=c");
        assertThat(settings)
                .isEqualTo(new SparkSettings(
                        "spark://one:7077",
                        ZoneId.of("UTC"),
                        Path.of("/srv/data"),
                        Map.of("spark.executor.memory", "2g", "spark.jars.packages", "a:b=c")));
        assertThat(settings.isLocal()).isFalse();
    }

    @Test
    void settingsForAllRunsAreUnderThoseOfOne() {
        assertThat(settings(
                                Map.of("JANGBU_SPARK_CONF", " spark.executor.memory=2g\n spark.jars.packages=a:b=c "),
                                "--conf",
                                "spark.executor.memory=4g")
                        .conf())
                .isEqualTo(Map.of("spark.executor.memory", "4g", "spark.jars.packages", "a:b=c"));
        assertThatThrownBy(() -> settings(Map.of("JANGBU_SPARK_CONF", "spark.executor.memory")))
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "JANGBU_SPARK_CONF: spark.executor.memory (expected: KEY=VALUE, and spaces between several)");
        assertThatThrownBy(() -> settings(Map.of("JANGBU_SPARK_CONF", "executor.memory=2g")))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--conf: executor.memory (expected: ");
    }

    @Test
    void onKubernetesTheImageOfExecutorsIsAskedForAndWhatOneSetsIsOverWhatIsAskedOtherwise() {
        assertThatThrownBy(() -> settings(Map.of("JANGBU_SPARK_MASTER", "k8s://https://one:6443")))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("JANGBU_SPARK_IMAGE: not set ");
        SparkSettings settings = settings(
                Map.of("JANGBU_SPARK_MASTER", "k8s://https://one:6443", "JANGBU_SPARK_IMAGE", "one:1"),
                "--conf",
                "spark.kubernetes.namespace=mine");
        assertThat(settings.master()).isEqualTo("k8s://https://one:6443");
        assertThat(settings.conf())
                .containsEntry("spark.kubernetes.container.image", "one:1")
                .containsEntry("spark.kubernetes.namespace", "mine");
    }

    @Test
    void whatIsNoMasterOrNoSettingOfSparksIsRefusedByName() {
        assertThatThrownBy(() -> settings(Map.of(), "--master", "mesos://one:5050"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--master: mesos://one:5050"
                        + " (expected: local[*], local[2], spark://host:7077, yarn or k8s://https://host:6443)");
        assertThatThrownBy(() -> settings(Map.of(), "--conf", "executor.memory=2g"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--conf: executor.memory (expected: a setting of Spark's, which begins with spark.)");
    }

    private static SparkSettings settings(Map<String, String> environment, String... arguments) {
        SparkOptions options = new SparkOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("spark", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options.settings(WORKSPACE, environment);
    }
}
