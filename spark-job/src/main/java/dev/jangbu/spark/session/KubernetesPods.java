package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.util.Utils;

/**
 * What a run asks of Kubernetes unless told otherwise: executors as pods that the standard {@code restricted} lets through, in the
 * namespace of the jobs, with the workspace's claim, and no right used but that to start, watch and end pods.
 */
final class KubernetesPods {
    static final String TEMPLATE = "spark.kubernetes.executor.podTemplateFile";

    private static final String MASTER = "k8s://";
    private static final String IMAGE = "spark.kubernetes.container.image";
    private static final String EXECUTOR_IMAGE = "spark.kubernetes.executor.container.image";
    private static final String IMAGE_SETTING = "JANGBU_SPARK_IMAGE";
    private static final String NAMESPACE_SETTING = "JANGBU_POD_NAMESPACE";
    private static final String POD_NAME_SETTING = "JANGBU_POD_NAME";

    private KubernetesPods() {}

    static boolean areOf(String master) {
        return master.startsWith(MASTER);
    }

    /**
     * @param environment {@code JANGBU_SPARK_IMAGE}, the executors' image; {@code JANGBU_POD_NAMESPACE}, {@code jangbu} without it;
     *     {@code JANGBU_POD_NAME}, the driver's own pod, where it runs in one: executors are deleted with it
     */
    static Map<String, String> defaults(Map<String, String> environment) {
        Map<String, String> defaults = new LinkedHashMap<>();
        put(defaults, IMAGE, environment.getOrDefault(IMAGE_SETTING, ""));
        put(defaults, "spark.kubernetes.driver.pod.name", environment.getOrDefault(POD_NAME_SETTING, ""));
        String namespace = environment.getOrDefault(NAMESPACE_SETTING, "");
        defaults.put("spark.kubernetes.namespace", namespace.isBlank() ? "jangbu" : namespace.strip());
        // By its address, since a pod's name is known to nobody else.
        defaults.put("spark.driver.host", Utils.localHostName());
        // Other pods may reach their ports: a secret of this run's alone opens them, and what they say is encrypted.
        defaults.put("spark.authenticate", "true");
        defaults.put("spark.network.crypto.enabled", "true");
        // A disk of the node's, for what does not fit into memory.
        defaults.put("spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path", "/scratch");
        // Spark would end the process: `ExecutorWatch` gives up before.
        defaults.put("spark.executor.maxNumFailures", String.valueOf(Integer.MAX_VALUE));
        // Nothing is made there but pods, and so nothing else is looked for at the end.
        defaults.put("spark.kubernetes.executor.disableConfigMap", "true");
        defaults.put("spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
        defaults.put("spark.kubernetes.driver.service.deleteOnTermination", "false");
        return defaults;
    }

    /** @throws JobFailure with exit code 2 when nothing says which image executors have */
    static void requireImage(Predicate<String> isSet) {
        if (!isSet.test(IMAGE) && !isSet.test(EXECUTOR_IMAGE)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    IMAGE_SETTING
                            + ": not set (expected: the image of the executors, such as registry.example.com/jangbu/spark-job:"
                            + "latest, which the cluster's nodes can pull)");
        }
    }

    /** The template of executors that is in the jar, as the file Spark asks for; it goes with the process. */
    static Map<String, String> template() {
        try (InputStream template = Objects.requireNonNull(
                KubernetesPods.class.getResourceAsStream("/kubernetes/executor.yaml"), "executor.yaml")) {
            Path file = Files.createTempFile("jangbu-executor", ".yaml");
            file.toFile().deleteOnExit();
            Files.write(file, template.readAllBytes());
            return Map.of(TEMPLATE, file.toUri().toString());
        } catch (IOException failure) {
            throw new UncheckedIOException("the template of executors", failure);
        }
    }

    private static void put(Map<String, String> settings, String key, String value) {
        if (!value.isBlank()) {
            settings.put(key, value.strip());
        }
    }
}
