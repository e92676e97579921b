package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YarnSiteTest {
    private static final String YARN_OF_SPARK = "org/apache/spark/scheduler/cluster/YarnClusterManager.class";

    @TempDir
    Path classPath;

    @Test
    void withoutTheClustersFileARunForYarnIsAWrongSettingAtOnce() throws IOException {
        put(YARN_OF_SPARK);
        assertThat(refusal("yarn", Map.of(), Set.of()))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage("HADOOP_CONF_DIR: no yarn-site.xml in it (expected: the folder of the cluster's"
                        + " yarn-site.xml, or --conf spark.hadoop.yarn.resourcemanager.hostname=HOST)");
    }

    @Test
    void theClustersFileOrASettingSaysWhereYarnIs() throws IOException {
        put(YARN_OF_SPARK);
        String host = "spark.hadoop.yarn.resourcemanager.hostname";
        assertThat(refusal("yarn", Map.of(host, "one"), Set.of())).isNull();
        assertThat(refusal("yarn", Map.of(), Set.of(host))).isNull();
        put("yarn-site.xml");
        assertThat(refusal("yarn", Map.of(), Set.of())).isNull();
    }

    @Test
    void elsewhereNobodyAsksForIt() throws IOException {
        assertThat(refusal("yarn", Map.of(), Set.of()))
                .as("Spark's jars know no YARN")
                .isNull();
        put(YARN_OF_SPARK);
        assertThat(refusal("local[2]", Map.of(), Set.of())).isNull();
        assertThat(refusal("spark://one:7077", Map.of(), Set.of())).isNull();
    }

    private void put(String resource) throws IOException {
        Path file = classPath.resolve(resource);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    private @Nullable Throwable refusal(String master, Map<String, String> conf, Set<String> properties)
            throws IOException {
        SparkSettings settings = new SparkSettings(master, ZoneId.of("Asia/Seoul"), Path.of("/srv/data"), conf);
        try (URLClassLoader jars =
                new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
            return catchThrowable(() -> YarnSite.require(settings, properties, jars));
        }
    }
}
