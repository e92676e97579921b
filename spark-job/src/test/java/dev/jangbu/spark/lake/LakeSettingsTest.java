package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.store.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class LakeSettingsTest {
    @TempDir
    Path folder;

    @Test
    void withoutSettingsTheLakeLiesInTheWorkspace() {
        LakeSettings lake = settings(Map.of());
        assertThat(lake.warehouse()).isEqualTo(folder.resolve("lake").toUri().toString());
        assertThat(lake.hadoop()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://shop/lake, s3a://shop/lake",
        "s3://shop/lake, s3a://shop/lake",
        "file:///srv/lake, file:///srv/lake"
    })
    void theLakeLiesWhereTheUrlSays(String url, String warehouse) {
        assertThat(settings(Map.of("JANGBU_LAKE_URL", url)).warehouse()).isEqualTo(warehouse);
    }

    @ParameterizedTest
    @CsvSource({"hdfs://host/lake", "/srv/lake", "not a url"})
    void anotherPlaceIsRefused(String url) {
        assertThatThrownBy(() -> settings(Map.of("JANGBU_LAKE_URL", url)))
                .isInstanceOf(JobFailure.class)
                .hasMessage("JANGBU_LAKE_URL: " + url + " (expected: file:///folder or s3a://bucket/folder)");
    }

    @Test
    void aStoreIsReachedAsTheSettingsSayAndNoKeyIsAmongThem() throws IOException {
        Path access = Files.writeString(folder.resolve("access"), "AKIDEXAMPLE\n");
        Path secret = Files.writeString(folder.resolve("secret"), "sEcReT-7f\n");
        LakeSettings lake = settings(Map.of(
                "JANGBU_LAKE_URL", "s3a://shop/lake",
                "JANGBU_S3_ENDPOINT", "http://127.0.0.1:9000",
                "JANGBU_S3_REGION", "ap-northeast-2",
                "JANGBU_S3_ACCESS_KEY_FILE", access.toString(),
                "JANGBU_S3_SECRET_KEY_FILE", secret.toString(),
                "JANGBU_DB_PASSWORD", "pAss-91"));

        assertThat(lake.hadoop())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "fs.s3a.endpoint", "http://127.0.0.1:9000",
                        "fs.s3a.connection.ssl.enabled", "false",
                        "fs.s3a.endpoint.region", "ap-northeast-2",
                        "fs.s3a.retry.limit", "5",
                        "fs.s3a.path.style.access", "true",
                        "fs.s3a.aws.credentials.provider", KeyFiles.class.getName(),
                        "jangbu.s3.access-key-file", access.toString(),
                        "jangbu.s3.secret-key-file", secret.toString()));
        assertThat(lake.toString()).doesNotContain("AKIDEXAMPLE", "sEcReT-7f", "pAss-91");
        Configuration configuration = lake.configuration();
        assertThat(new KeyFiles(null, configuration).resolveCredentials())
                .isEqualTo(AwsBasicCredentials.create("AKIDEXAMPLE", "sEcReT-7f"));
    }

    @Test
    void amazonsOwnStoreNeedsNothing() {
        assertThat(settings(Map.of("JANGBU_LAKE_URL", "s3a://shop/lake")).hadoop())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("fs.s3a.path.style.access", "false", "fs.s3a.retry.limit", "5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JANGBU_S3_ENDPOINT|s3.example.com|a URL such as https://s3.example.com:9000",
                "JANGBU_S3_PATH_STYLE|yes|true or false",
                "JANGBU_S3_ACCESS_KEY_FILE|/nowhere/key|a file this user may read"
            })
    void aWrongSettingIsNamed(String setting, String value, String expected) {
        assertThatThrownBy(() -> settings(Map.of("JANGBU_LAKE_URL", "s3a://shop/lake", setting, value)))
                .isInstanceOf(JobFailure.class)
                .hasMessage(setting + ": " + value + " (expected: " + expected + ")");
    }

    private LakeSettings settings(Map<String, String> environment) {
        return LakeSettings.from(environment, new Workspace(folder));
    }
}
