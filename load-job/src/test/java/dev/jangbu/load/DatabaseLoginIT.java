package dev.jangbu.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.load.day.CleanDay;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** load-job.jar against a server of its own that asks for passwords (SCRAM), and that can be away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseLoginIT {
    private static final String RIGHT = "right-pAss-2b7e";
    private static final String WRONG = "wrong-pAss-9f1c";
    private static final String WAIT_SECONDS = "1";
    private static final String[] LOAD = {"events", "--ds", "2026-01-15"};
    private static final String[] MIGRATE = {"migrate"};

    /** The tests' own way in, the job's with a password, and nobody else's. */
    private static final String CLIENTS = """
            host all postgres all trust
            host shop shop all scram-sha-256
            """;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path workspace;

    private EmbeddedPostgres server;
    private int port;
    private CleanDay day = new CleanDay(Path.of(""));

    @BeforeAll
    void startServer() throws IOException, SQLException {
        Files.writeString(serverFolder.resolve("clients.conf"), CLIENTS);
        server = start(0);
        port = server.getPort();
        execute("CREATE ROLE shop LOGIN PASSWORD '" + RIGHT + "'");
        execute("CREATE DATABASE shop OWNER shop");
        assertThat(job(password(RIGHT), MIGRATE).exitCode()).isZero();
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void publishDay() {
        day = new CleanDay(workspace);
        publish(CleanDay.rows(3, "U000001"));
    }

    @Test
    void theRightPasswordOfAFileLoadsTheDay() throws IOException, SQLException {
        JobJar.Ended ended = job(passwordFile(RIGHT), LOAD);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(rows()).isEqualTo(3);
        assertNowhere(RIGHT, ended);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongPasswordIsOneLineAndExitTwo(boolean isInFile) throws IOException {
        JobJar.Ended ended = job(isInFile ? passwordFile(WRONG) : password(WRONG), LOAD);

        assertRefused(
                ended,
                "cannot log in to " + url()
                        + " as shop: FATAL: password authentication failed for user \\\"shop\\\""
                        + " (expected: a right JANGBU_DB_USER, JANGBU_DB_PASSWORD_FILE and database)");
        assertNowhere(WRONG, ended);
        assertThat(Files.readString(workspace.resolve("runs/load-job/events/all/2026-01-15/1.json")))
                .contains("password authentication failed");
    }

    @Test
    void aPasswordThatIsNotSetIsOneLineAndExitTwo() {
        JobJar.Ended ended = job(Map.of(), LOAD);

        assertRefused(
                ended,
                "cannot log in to " + url()
                        + " as shop: The server requested SCRAM-based authentication, but no password was provided."
                        + " (expected: a right JANGBU_DB_USER, JANGBU_DB_PASSWORD_FILE and database)");
    }

    @Test
    void aUserTheServerDoesNotLetInIsOneLineAndExitTwo() {
        Map<String, String> stranger = new HashMap<>(password(WRONG));
        stranger.put("JANGBU_DB_USER", "stranger");

        JobJar.Ended ended = job(stranger, LOAD);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.lastLine())
                .contains("cannot log in to " + url() + " as stranger: FATAL: no pg_hba.conf entry for host ");
        assertNowhere(WRONG, ended);
    }

    @Test
    void aWrongPasswordOfAMigrationIsOneLineAndExitTwo() {
        JobJar.Ended ended = job(password(WRONG), MIGRATE);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.error())
                .isEqualTo("cannot log in to " + url()
                        + " as shop: FATAL: password authentication failed for user \"shop\""
                        + " (expected: a right JANGBU_DB_USER, JANGBU_DB_PASSWORD_FILE and database)\n");
        assertNowhere(WRONG, ended);
    }

    @Test
    void evenAStackTraceThatWasAskedForHoldsNoPassword() {
        JobJar.Ended ended = job(password(WRONG), "events", "--ds", "2026-01-15", "--verbose");

        assertThat(ended.output()).contains("PSQLException");
        assertNowhere(WRONG, ended);
    }

    @Test
    void aServerThatIsAwayIsOneLineAndExitElevenAndTheNextRunLoads() throws IOException, SQLException {
        server.close();
        JobJar.Ended away = job(password(RIGHT), LOAD);
        JobJar.Ended migration = job(password(RIGHT), MIGRATE);
        server = start(port);

        assertThat(away.exitCode()).isEqualTo(11);
        assertThat(away.error()).isEmpty();
        assertThat(away.output()).doesNotContain("\tat ");
        assertThat(away.lastLine())
                .contains("\"status\":\"unavailable\",\"exit_code\":11,\"message\":\"database " + url()
                        + " not available after 1 s: Connection to localhost:" + port + " refused. ")
                .contains("; start it, or set JANGBU_DB_URL, and run again\"");
        assertNowhere(RIGHT, away);
        assertThat(migration.exitCode()).isEqualTo(11);
        assertThat(migration.error().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("database " + url() + " not available after 1 s: ");
        assertThat(job(password(RIGHT), LOAD).exitCode()).isZero();
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void aServerThatGoesAwayMidwayLeavesTheDayAsItWas() throws Exception {
        assertThat(job(password(RIGHT), LOAD).exitCode()).isZero();
        publish(CleanDay.rows(150_000, "U000002"));
        JobJar.Running running = start(password(RIGHT), LOAD);
        while (running.process().isAlive() && !running.soFar().contains("step=replace_day state=started")) {
            running.process().waitFor(20, TimeUnit.MILLISECONDS);
        }
        server.close();
        long gone = System.nanoTime();

        JobJar.Ended ended = running.await();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - gone);
        server = start(port);

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(11);
        assertThat(seconds).isLessThan(60);
        assertThat(ended.output()).doesNotContain("\tat ");
        assertThat(ended.lastLine()).contains("\"status\":\"unavailable\"").contains("run again");
        assertNowhere(RIGHT, ended);
        assertThat(rows()).isEqualTo(3);
        assertThat(job(password(RIGHT), LOAD).exitCode()).isZero();
        assertThat(rows()).isEqualTo(150_000);
    }

    private void publish(List<String> rows) {
        day.publish(rows);
        day.writeDown(new TestDatabase(url(), "postgres"));
    }

    private void assertRefused(JobJar.Ended ended, String message) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        assertThat(ended.error()).isEmpty();
        assertThat(ended.output()).doesNotContain("\tat ");
        assertThat(ended.lastLine()).contains("\"status\":\"usage\",\"exit_code\":2,\"message\":\"" + message + "\"");
    }

    /** Neither in what was printed nor in any file of the workspace. */
    private void assertNowhere(String password, JobJar.Ended ended) {
        assertThat(ended.output() + ended.error()).doesNotContain(password);
        try (Stream<Path> tree = Files.walk(workspace)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain(password);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JobJar.Ended job(Map<String, String> settings, String... arguments) {
        return start(settings, arguments).await();
    }

    private JobJar.Running start(Map<String, String> settings, String... arguments) {
        Map<String, String> environment = new HashMap<>(
                Map.of("JANGBU_DB_URL", url(), "JANGBU_DB_USER", "shop", "JANGBU_DB_WAIT_SECONDS", WAIT_SECONDS));
        environment.putAll(settings);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", workspace == null ? "." : workspace.toString()));
        return JobJar.of("load-job").with(environment).start(all.toArray(String[]::new));
    }

    private static Map<String, String> password(String password) {
        return Map.of("JANGBU_DB_PASSWORD", password);
    }

    private static Map<String, String> passwordFile(String password) throws IOException {
        Path file = serverFolder.resolve("password");
        Files.writeString(file, password + "\n");
        return Map.of("JANGBU_DB_PASSWORD_FILE", file.toString());
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/shop";
    }

    /** Port 0 is any free one; data that is there stays. */
    private static EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(serverFolder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig(
                        "hba_file", serverFolder.resolve("clients.conf").toString())
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM raw.raw_events")) {
            count.next();
            return count.getLong(1);
        }
    }
}
