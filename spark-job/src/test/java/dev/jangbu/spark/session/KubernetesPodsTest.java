package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KubernetesPodsTest {
    @Test
    void aRunInAPodOfTheClusterIsFoundByItsAddressAndTakesItsExecutorsWithIt() throws IOException {
        Map<String, String> defaults = KubernetesPods.defaults(Map.of(
                "JANGBU_SPARK_IMAGE", "registry.example.com/jangbu/spark-job:1",
                "JANGBU_POD_NAMESPACE", "books",
                "JANGBU_POD_NAME", "jangbu-mart-job-1"));
        assertThat(defaults)
                .containsEntry("spark.kubernetes.container.image", "registry.example.com/jangbu/spark-job:1")
                .containsEntry("spark.kubernetes.namespace", "books")
                .containsEntry("spark.kubernetes.driver.pod.name", "jangbu-mart-job-1")
                .containsEntry("spark.authenticate", "true");
        String host = defaults.getOrDefault("spark.driver.host", "");
        assertThat(InetAddress.getByName(host).getHostAddress()).isEqualTo(host);
    }

    @Test
    void onAMachineOutsideThereIsNoPodToName() {
        assertThat(KubernetesPods.defaults(Map.of("JANGBU_POD_NAME", " ")))
                .containsEntry("spark.kubernetes.namespace", "jangbu")
                .doesNotContainKeys("spark.kubernetes.container.image", "spark.kubernetes.driver.pod.name");
    }

    @Test
    void theImageOfExecutorsMustBeNamedInOneWayOrTheOther() {
        assertThatThrownBy(() -> KubernetesPods.requireImage(key -> false))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("JANGBU_SPARK_IMAGE: not set (expected: the image of the executors, such as ");
        KubernetesPods.requireImage(Set.of("spark.kubernetes.container.image")::contains);
        KubernetesPods.requireImage(Set.of("spark.kubernetes.executor.container.image")::contains);
    }

    @Test
    void theTemplateInTheJarIsAPodTheStandardRestrictedLetsThrough() throws IOException {
        String url = KubernetesPods.template().getOrDefault("spark.kubernetes.executor.podTemplateFile", "");
        Path file = Path.of(URI.create(url));
        assertThat(Files.readString(file))
                .contains("runAsNonRoot: true", "readOnlyRootFilesystem: true", "claimName: jangbu-workspace");
    }
}
