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
        assertThat(settings(Map.of("JANGBU_SPARK_MASTER", "k8s://https://one:6443"))
                        .master())
                .isEqualTo("k8s://https://one:6443");
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
