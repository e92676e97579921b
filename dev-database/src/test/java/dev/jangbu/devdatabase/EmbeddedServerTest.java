package dev.jangbu.devdatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedServerTest {
    @RegisterExtension
    private final Workspaces workspaces = new Workspaces();

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void startedServerIsDurableAndOfThisMachineOnly() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        workspaces.emptyServer(folder).start();

        assertThat(Workspaces.value(folder, """
                SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
                WHERE name IN ('fsync', 'synchronous_commit', 'wal_level', 'max_wal_senders', 'max_connections',
                    'listen_addresses', 'unix_socket_directories', 'server_encoding', 'data_checksums')"""))
                .isEqualTo("data_checksums=off fsync=on listen_addresses=127.0.0.1 max_connections=60 max_wal_senders=0"
                        + " server_encoding=UTF8 synchronous_commit=on unix_socket_directories= wal_level=minimal");
        assertThat(Workspaces.value(folder, "SELECT lower('ÀÉ') || ('a' < 'B')::text || ('Z' < '가')::text"))
                .isEqualTo("àéfalsetrue");
        assertThat(Workspaces.value(folder, """
                SELECT rolsuper || ' ' || rolcreaterole || ' ' || pg_get_userbyid(datdba)
                FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()""")).isEqualTo("false true jangbu");
    }

    @Test
    void onlyThePasswordOpensIt() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        String url = workspaces.emptyServer(folder).start().url();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.connection())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> open(url, "jangbu", "guess"))
                .hasMessageContaining("password authentication failed for user \"jangbu\"");
        assertThatThrownBy(() -> open(url, "postgres", "guess"))
                .hasMessageContaining("password authentication failed for user \"postgres\"");
    }

    @Test
    void startingARunningServerChangesNothing() throws IOException {
        EmbeddedServer server = workspaces.server(folder("w"));
        RunningServer first = server.start();

        assertThat(server.start()).isEqualTo(first);
    }

    @Test
    void dataAndPortAreKeptOverStopAndStart() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        RunningServer first = server.start();
        Workspaces.execute(folder, "CREATE TABLE kept AS SELECT 42 AS answer");

        assertThat(server.stop()).isTrue();
        assertThat(server.running()).isEmpty();
        assertThat(folder.connection()).doesNotExist();
        assertThat(server.stop()).isFalse();
        RunningServer second = server.start();

        assertThat(Workspaces.value(folder, "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(second.processId()).isNotEqualTo(first.processId());
    }

    @Test
    void stoppingWhereNothingEverRanDoesNothing() {
        ServerFolder folder = folder("w");

        assertThat(workspaces.emptyServer(folder).stop()).isFalse();
        assertThat(folder.root()).doesNotExist();
    }

    @Test
    void killedServerIsRecoveredThoughASessionOfItWorksOn() throws Exception {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        RunningServer killed = server.start();
        Workspaces.execute(folder, "CREATE TABLE kept AS SELECT 42 AS answer");
        ExecutorService aside = Executors.newSingleThreadExecutor();
        try {
            Future<?> busy = aside.submit(() -> {
                Workspaces.execute(folder, "SELECT count(*) FROM generate_series(1, 100000000000)");
                return "done";
            });
            waitForSession(folder, "generate_series(1, 1");
            ProcessHandle process = ProcessHandle.of(killed.processId()).orElseThrow();
            process.destroyForcibly();
            process.onExit().get();

            RunningServer recovered = server.start();

            assertThat(recovered.processId()).isNotEqualTo(killed.processId());
            assertThat(Workspaces.value(folder, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(busy).failsWithin(Duration.ofSeconds(5));
        } finally {
            aside.shutdownNow();
        }
    }

    @Test
    void processFileWhoseIdNowBelongsToAnotherProgramIsStale() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        RunningServer first = server.start();
        String file = Files.readString(folder.processFile());
        server.stop();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    folder.processFile(), file.replaceFirst("^" + first.processId(), Long.toString(other.pid())));

            assertThat(server.running()).isEmpty();
            server.start();

            assertThat(Workspaces.value(folder, "SELECT current_setting('data_directory')"))
                    .isEqualTo(folder.data().toString());
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void serverOfAnotherWorkspaceOnTheRecordedPortIsNotOurs() throws IOException, SQLException {
        ServerFolder ours = folder("ours");
        ServerFolder theirs = folder("theirs");
        EmbeddedServer server = workspaces.server(ours);
        server.start();
        server.stop();
        RunningServer stranger = workspaces.server(theirs).start();
        Files.copy(theirs.processFile(), ours.processFile());
        Files.writeString(
                ours.settings(),
                Files.readString(ours.settings()).replaceFirst("(?m)^port = .*", "port = " + stranger.port()));

        assertThat(server.running()).isEmpty();
        assertThat(server.stop()).isFalse();
        RunningServer started = server.start();

        assertThat(started.port()).isNotEqualTo(stranger.port());
        assertThat(Workspaces.value(ours, "SELECT current_setting('data_directory')"))
                .isEqualTo(ours.data().toString());
        assertThat(Workspaces.value(theirs, "SELECT current_setting('data_directory')"))
                .isEqualTo(theirs.data().toString());
    }

    @Test
    void takenPortIsChangedAndRecorded() throws IOException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        int port = server.start().port();
        server.stop();
        try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            RunningServer moved = server.start();

            assertThat(moved.port()).isNotEqualTo(stranger.getLocalPort());
            assertThat(Workspaces.settings(folder).getProperty("url")).isEqualTo(moved.url());
        }
    }

    @Test
    void twoStartsAtOnceGiveOneServer() throws Exception {
        ServerFolder folder = folder("w");
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<RunningServer> start = () -> workspaces.emptyServer(folder).start();
            List<Future<RunningServer>> started = two.invokeAll(List.of(start, start));

            assertThat(started.get(0).get()).isEqualTo(started.get(1).get());
            assertThat(workspaces.said()).isEqualTo("another start or stop is under way; waiting for it\n");
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void pathMayHaveBlanksAndBeLong() throws IOException, SQLException {
        ServerFolder folder = folder("a workspace, 장부 " + "long ".repeat(30) + "/" + "x".repeat(120));
        workspaces.server(folder).start();

        assertThat(Workspaces.value(folder, "SELECT 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a$b", "a`b", "a\\b"})
    void pathThatAShellWouldReadIsRefused(String name) {
        assertThatThrownBy(() -> folder(name))
                .isInstanceOf(Refusal.class)
                .hasMessage("--workspace: " + temporary.resolve(name).resolve("postgres")
                        + " (expected: a path without \" $ ` \\ or control characters)");
    }

    @Test
    void lostConnectionAndPasswordFilesAreMadeAgain() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        server.start();
        Files.delete(folder.connection());
        server.start();
        assertThat(Workspaces.value(folder, "SELECT 1")).isEqualTo("1");

        server.stop();
        String before = Files.readString(folder.password());
        Files.delete(folder.password());
        server.start();

        assertThat(Workspaces.value(folder, "SELECT 1")).isEqualTo("1");
        assertThat(Files.readString(folder.password())).isNotEqualTo(before);
    }

    @Test
    void settingsOfOnesOwnWin() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        server.start();
        server.stop();
        Files.writeString(folder.localSettings(), "work_mem = 7MB\n");
        server.start();

        assertThat(Workspaces.value(folder, "SHOW work_mem")).isEqualTo("7MB");
    }

    @Test
    void wrongSettingIsToldInOneLine() throws IOException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        server.start();
        server.stop();
        Files.writeString(folder.localSettings(), "no_such_setting = 1\n");

        assertThatThrownBy(server::start)
                .isInstanceOf(Refusal.class)
                .hasMessageMatching(
                        "PostgreSQL did not start: .*FATAL:  configuration file \".*\" contains errors \\(see "
                                + folder.log() + "\\)");
    }

    @Test
    void halfMadeClusterOfAKilledStartIsMadeAgain() throws IOException, SQLException {
        ServerFolder folder = folder("w");
        folder.create();
        Path halfMade = folder.createUnfinishedData();
        Files.createDirectories(halfMade.resolve("base"));
        Files.writeString(halfMade.resolve("PG_VERSION"), "17\n");
        workspaces.emptyServer(folder).start();

        assertThat(Workspaces.value(folder, "SELECT 1")).isEqualTo("1");
        assertThat(folder.unfinishedData()).isEmpty();
    }

    @Test
    void dataOfAnotherVersionIsLeftAlone() throws IOException {
        ServerFolder folder = folder("w");
        Files.createDirectories(folder.data());
        Files.writeString(folder.data().resolve("PG_VERSION"), "15\n");

        assertThatThrownBy(() -> workspaces.emptyServer(folder).start())
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        folder.data() + ": made by PostgreSQL 15 (expected: 17); move it away and run again to begin"
                                + " with an empty database");
    }

    @Test
    void workspaceThatIsAFileIsToldInOneLine() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> workspaces.emptyServer(ServerFolder.of(file)).start())
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("cannot make " + file.resolve("postgres") + ": ");
    }

    @Test
    void largeLogIsPutAside() throws IOException {
        ServerFolder folder = folder("w");
        EmbeddedServer server = workspaces.server(folder);
        server.start();
        server.stop();
        Files.write(folder.log(), new byte[10_000_001]);
        server.start();

        assertThat(folder.root().resolve("server.log.old")).hasSize(10_000_001);
        assertThat(Files.readString(folder.log())).contains("database system is ready to accept connections");
    }

    private ServerFolder folder(String name) {
        return ServerFolder.of(temporary.resolve(name));
    }

    private static void open(String url, String user, String password) throws SQLException {
        DriverManager.getConnection(url, user, password).close();
    }

    private static void waitForSession(ServerFolder folder, String query) throws Exception {
        try (Connection connection = Workspaces.connect(folder);
                Statement statement = connection.createStatement()) {
            for (int look = 0; look < 200; look++) {
                try (var rows = statement.executeQuery(
                        "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%"
                                + query + "%'")) {
                    if (rows.next()) {
                        return;
                    }
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("no session with " + query);
    }
}
