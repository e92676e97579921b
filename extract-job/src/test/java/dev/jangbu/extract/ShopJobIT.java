package dev.jangbu.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The jar as it is delivered, against the sandbox at the present time: from a key to the first orders. */
@ExtendWith(PostgresExtension.class)
class ShopJobIT {
    private static final Path JAR = Path.of("target", "extract-job.jar").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
    private final List<String> told = new ArrayList<>();

    @Test
    void fromAKeyToTheFirstOrders(TestDatabase database) throws Exception {
        TestSandbox.reset(
                "default", OffsetDateTime.now(ZoneOffset.ofHours(9)).withNano(0).toString());
        JsonNode mall = TestSandbox.account("hlogdemo").get("cafe24");
        String secret = mall.get("client_secret").asString();
        Files.writeString(folder.resolve("id"), mall.get("client_id").asString());
        Files.writeString(folder.resolve("secret"), secret);

        assertThat(run(database, "accounts", "key", "--new", path("key"))).isZero();
        assertThat(run(
                        database,
                        "accounts",
                        "add",
                        "cafe24",
                        "--tenant",
                        "hlog",
                        "--id",
                        "hlogdemo",
                        "--base-url",
                        mall.get("base_url").asString(),
                        "--secret",
                        "client_id=" + path("id"),
                        "--secret",
                        "client_secret=" + path("secret")))
                .isZero();
        assertThat(extract(database)).isEqualTo(1);
        assertThat(last()).contains("\"needs_attention\":\"REAUTH_REQUIRED\"");
        assertThat(consent(database)).isZero();
        assertThat(run(database, "accounts", "test", "cafe24-hlogdemo")).isZero();
        assertThat(extract(database)).isZero();
        assertThat(run(
                        database,
                        "orders",
                        "--account",
                        "cafe24-hlogdemo",
                        "--ds",
                        today.toString(),
                        "--join",
                        "--from-date",
                        today.toString()))
                .isEqualTo(2);

        Manifest manifest = new Workspace(folder.resolve("workspace"))
                .landing("orders", "cafe24-hlogdemo", today)
                .read("no remedy");
        assertThat(manifest.source()).isEqualTo("cafe24");
        assertThat(manifest.rows()).isPositive().isEqualTo(manifest.counts().get("count_expected"));
        assertThat(String.join("\n", told)).doesNotContain(secret, "sbxA", "sbxR");
        assertThat(files()).noneMatch(file -> holds(file, secret) || holds(file, "010-0000"));
    }

    private int extract(TestDatabase database) throws Exception {
        String yesterday = today.minusDays(1).toString();
        return run(
                database, "orders", "--account", "cafe24-hlogdemo", "--ds", today.toString(), "--from-date", yesterday);
    }

    /** The operator's browser: opens what the command prints, agrees, and is sent back. */
    private int consent(TestDatabase database) throws Exception {
        Process command = start(database, "accounts", "consent", "cafe24-hlogdemo", "--port", "0");
        try (BufferedReader output = command.inputReader(UTF_8)) {
            output.readLine();
            HttpRequest agree = HttpRequest.newBuilder(URI.create(Objects.requireNonNull(output.readLine())))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("decision=agree"))
                    .build();
            String back =
                    TestSandbox.send(agree).headers().firstValue("Location").orElseThrow();
            TestSandbox.send(HttpRequest.newBuilder(URI.create(back)).build());
            output.lines().forEach(told::add);
        }
        return command.waitFor();
    }

    private int run(TestDatabase database, String... arguments) throws Exception {
        Process process = start(database, arguments);
        try (BufferedReader output = process.inputReader(UTF_8)) {
            output.lines().forEach(told::add);
        }
        return process.waitFor();
    }

    private Process start(TestDatabase database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(database.environment());
        builder.environment().putAll(TestSandbox.ENVIRONMENT);
        builder.environment()
                .putAll(Map.of("JANGBU_WORKSPACE", path("workspace"), "JANGBU_CREDENTIAL_KEY_FILE", path("key")));
        return builder.start();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("workspace"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String last() {
        return told.get(told.size() - 1);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
