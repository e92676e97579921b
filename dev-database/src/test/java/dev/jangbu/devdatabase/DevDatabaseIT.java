package dev.jangbu.devdatabase;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a process, as root and as an ordinary user. */
final class DevDatabaseIT {
    private static final List<String> ORDINARY_USER =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    private Path temporary = Path.of("");

    private Path jar = Path.of("");
    private Path workspace = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        jar = Files.copy(Path.of("target", "dev-database.jar"), temporary.resolve("dev-database.jar"));
        workspace = temporary.resolve("work space");
    }

    @AfterEach
    void stop() throws Exception {
        run(List.of(), Map.of(), "stop");
    }

    @Test
    void tellsWhatItDoesInOneLineAndOneExitCode() throws Exception {
        assertThat(run(List.of(), Map.of(), "status").said())
                .isEqualTo("1 not running (data in " + workspace + "/postgres/data)");
        assertThat(run(List.of(), Map.of(), "url").said())
                .isEqualTo("1 not running (data in " + workspace + "/postgres/data); start it first");
        assertThat(run(List.of(), Map.of(), "start").said())
                .matches(
                        "0 PostgreSQL 17\\.\\S+ at jdbc:postgresql://127\\.0\\.0\\.1:\\d+/jangbu \\(process \\d+, \\S+ s\\)");
        assertThat(run(List.of(), Map.of(), "status").said())
                .matches("0 running: jdbc:postgresql://127\\.0\\.0\\.1:\\d+/jangbu \\(process \\d+, data in .*\\)");
        assertThat(run(List.of(), Map.of(), "url").said()).matches("0 jdbc:postgresql://127\\.0\\.0\\.1:\\d+/jangbu");
        assertThat(run(List.of(), Map.of(), "stop").said()).isEqualTo("0 PostgreSQL stopped; its data stays");
        assertThat(run(List.of(), Map.of(), "stop").said()).isEqualTo("0 PostgreSQL was not running");
    }

    @Test
    void wrongArgumentsAreUsageErrors() throws Exception {
        assertThat(run(List.of(), Map.of()).said()).startsWith("2 which? (expected: start, stop, status or url)");
        assertThat(run(List.of(), Map.of(), "strat").exitCode()).isEqualTo(2);
        assertThat(run(List.of(), Map.of(), "--version").said()).matches("0 dev-database \\S+, PostgreSQL 17\\.\\S+");
    }

    @Test
    void twoProcessesStartingAtOnceFindOneServer() throws Exception {
        Process first = begin(List.of(), Map.of(), "start");
        Process second = begin(List.of(), Map.of(), "start");

        assertThat(serverOf(end(first))).isEqualTo(serverOf(end(second)));
    }

    /** The killed start's initdb goes on writing for a while; the next start must not stumble over it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 400, 1000})
    void startThatIsKilledMidwayIsMadeGoodByTheNext(int millisecondsOfInitdb) throws Exception {
        Process killed = begin(List.of(), Map.of(), "start");
        while (killed.isAlive() && !makesItsData()) {
            Thread.sleep(5);
        }
        Thread.sleep(millisecondsOfInitdb);
        killed.destroyForcibly().waitFor();

        assertThat(run(List.of(), Map.of(), "start").said()).startsWith("0 ");
        assertThat(run(List.of(), Map.of(), "status").exitCode()).isZero();
    }

    private boolean makesItsData() throws IOException {
        Path postgres = workspace.resolve("postgres");
        if (!Files.isDirectory(postgres)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(postgres)) {
            return entries.anyMatch(entry -> entry.getFileName().toString().startsWith("data.new"));
        }
    }

    @Test
    void ordinaryUserRunsItAndRootMayRunItAfter() throws Exception {
        requireRoot();
        assertThat(run(ORDINARY_USER, Map.of(), "start").exitCode()).isZero();
        assertThat(ownersOfData()).containsExactly(65_534L);
        assertThat(run(List.of(), Map.of(), "stop").said()).isEqualTo("0 PostgreSQL stopped; its data stays");

        assertThat(run(List.of(), Map.of(), "start").exitCode()).isZero();
        assertThat(run(List.of(), Map.of(), "stop").exitCode()).isZero();
        assertThat(ownersOfData()).containsExactly(65_534L);
    }

    @Test
    void ordinaryUserMayNotRunTheDataOfRoot() throws Exception {
        requireRoot();
        run(List.of(), Map.of(), "start");
        run(List.of(), Map.of(), "stop");
        open(workspace.resolve("postgres"));

        assertThat(run(ORDINARY_USER, Map.of(), "start").said())
                .isEqualTo("1 " + workspace + "/postgres/data: belongs to user id 0 (expected: 65534, who runs this);"
                        + " run as its owner or as root, or pass another --workspace");
    }

    @Test
    void readOnlyWorkspaceIsToldInOneLine() throws Exception {
        requireRoot();
        Files.createDirectories(workspace);

        assertThat(run(ORDINARY_USER, Map.of(), "start").said())
                .isEqualTo("1 cannot make " + workspace
                        + "/postgres: permission denied; pass --workspace with a folder of your own");
    }

    @Test
    void rootWithoutUserNamespacesLendsAnIdentity() throws Exception {
        requireRoot();
        Map<String, String> containerPath =
                Map.of("PATH", onlyProgram("setpriv").toString());

        assertThat(run(List.of(), containerPath, "start").exitCode()).isZero();
        assertThat(ownersOfData()).containsExactly(65_534L);
        assertThat(run(List.of(), containerPath, "stop").exitCode()).isZero();
    }

    @Test
    void rootWithNeitherIsTold() throws Exception {
        requireRoot();

        assertThat(run(List.of(), Map.of("PATH", temporary.toString()), "start").said())
                .isEqualTo("1 PostgreSQL does not run as root, and neither unshare nor setpriv (of util-linux) works"
                        + " here; run as an ordinary user");
    }

    private record Ended(int exitCode, String output) {
        String said() {
            return exitCode + " " + output.strip();
        }
    }

    private Ended run(List<String> prefix, Map<String, String> environment, String... arguments) throws Exception {
        return end(begin(prefix, environment, arguments));
    }

    private Process begin(List<String> prefix, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            command.addAll(List.of("--workspace", workspace.toString()));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(temporary.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static String serverOf(Ended start) {
        assertThat(start.exitCode()).isZero();
        return start.output().replaceAll("(?s).* at (\\S+ \\(process \\d+), .*", "$1");
    }

    private List<Long> ownersOfData() throws IOException {
        try (Stream<Path> files = Files.walk(workspace.resolve("postgres").resolve("data"))) {
            return files.map(DevDatabaseIT::ownerOf).distinct().collect(Collectors.toList());
        }
    }

    private static long ownerOf(Path path) {
        try {
            return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private Path onlyProgram(String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("bin"));
        Files.createSymbolicLink(folder.resolve(name), Path.of("/usr/bin").resolve(name));
        return folder;
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder.resolve("lock"), PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static void requireRoot() {
        Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "needs root, to become someone else");
    }
}
