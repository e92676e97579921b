package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job and an S3-compatible store, a process of its own that speaks real HTTP; it does not check keys. */
@ExtendWith(PostgresExtension.class)
class LakeOnS3IT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final String ACCESS = "AKIA-own-2b7e";
    private static final String SECRET = "sEcReT-9f1c";

    @TempDir
    Path workspace;

    @TempDir
    Path outside;

    private int port;
    private @Nullable Process store;

    @BeforeEach
    void startStore() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        store = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", "s3mock", "s3mock.jar").toString(),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--com.adobe.testing.s3mock.store.initial-buckets=shop")
                .redirectErrorStream(true)
                .redirectOutput(outside.resolve("store.log").toFile())
                .start();
        for (int attempt = 0; attempt < 600 && objects().isEmpty(); attempt++) {
            Thread.sleep(200);
        }
    }

    @AfterEach
    void stopStore() {
        Objects.requireNonNull(store).destroyForcibly();
    }

    @Test
    void aDayInABucketIsPutReadReplacedAndTakenBack(TestDatabase database) throws IOException {
        new CleanDay(workspace, DAY)
                .file(Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"))
                .publish();
        JobJar.Ended first = run(database, "lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]");
        new CleanDay(workspace, DAY)
                .file(Event.of("search U7 S7 2026-01-15T12:00:00 ios"))
                .publish();
        JobJar.Ended second = run(database, "lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]");
        JobJar.Ended read = sql(database);
        run(database, "lake", "rollback", "events", "--to-snapshot", snapshot(first));
        JobJar.Ended readAgain = sql(database);

        assertThat(read.output()).contains("|search    |U7     |").doesNotContain("|click ");
        assertThat(readAgain.output()).contains("|click     |U1     |").doesNotContain("|search ");
        assertThat(second.lastLine()).contains("\"changed\":true");
        assertThat(objects()).contains("<Key>lake/events/data/event_date=2026-01-15/", "<Key>lake/events/metadata/");
        assertThat(workspace.resolve("lake")).doesNotExist();
        assertNowhere(SECRET, first, second, read);
    }

    private JobJar.Ended sql(TestDatabase database) throws IOException {
        return run(database, "sql", "--master", "local[2]", "-e", "SELECT event_type, user_id FROM lake.events");
    }

    private JobJar.Ended run(TestDatabase database, String... command) throws IOException {
        Map<String, String> settings = new HashMap<>(database.environment());
        settings.put("JANGBU_LAKE_URL", "s3a://shop/lake");
        settings.put("JANGBU_S3_ENDPOINT", "http://127.0.0.1:" + port);
        settings.put(
                "JANGBU_S3_ACCESS_KEY_FILE",
                Files.writeString(outside.resolve("access"), ACCESS).toString());
        settings.put(
                "JANGBU_S3_SECRET_KEY_FILE",
                Files.writeString(outside.resolve("secret"), SECRET).toString());
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--workspace", workspace.toString()));
        JobJar.Ended ended = JobJar.of("spark-job")
                .with(settings)
                .withJvmOptions("-Xmx512m", "-XX:+UseSerialGC")
                .run(all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        return ended;
    }

    private static String snapshot(JobJar.Ended put) {
        return put.lastLine().replaceAll(".*\"snapshot\":\"(\\d+)\".*", "$1");
    }

    /** What the store lists; empty while it is not there. */
    private String objects() {
        try {
            HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/shop?list-type=2"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(list, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Neither in what was printed nor in any file of the workspace. */
    private void assertNowhere(String secret, JobJar.Ended... runs) throws IOException {
        for (JobJar.Ended ended : runs) {
            assertThat(ended.output() + ended.error()).doesNotContain(secret);
        }
        try (Stream<Path> tree = Files.walk(workspace)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }
}
