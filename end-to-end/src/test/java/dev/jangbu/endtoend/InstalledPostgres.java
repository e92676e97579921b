package dev.jangbu.endtoend;

import com.sun.security.auth.module.UnixSystem;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A server of the PostgreSQL this machine has installed, with data of its own. Its programs refuse root, so root runs
 * them as a user without rights.
 */
final class InstalledPostgres implements AutoCloseable {
    private static final int NOBODY = 65_534;
    private static final long PATIENCE_SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it; skips the test, with a word, where this version is not installed.
     *
     * @param folder is given to the user the server runs as
     */
    static InstalledPostgres start(int version, Path folder) throws IOException {
        Path programs = Path.of("/usr/lib/postgresql", String.valueOf(version), "bin");
        Assumptions.assumeTrue(
                Files.isExecutable(programs.resolve("initdb")),
                () -> "skipped: no PostgreSQL " + version + " in " + programs);
        if (isRoot()) {
            Files.setAttribute(folder, "unix:uid", NOBODY);
            Files.setAttribute(folder, "unix:gid", NOBODY);
        }
        InstalledPostgres server = new InstalledPostgres(programs, folder, freePort());
        server.run("initdb", "-D", server.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        String options = "-p " + server.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder;
        server.run("pg_ctl", "start", "-w", "-D", server.data(), "-l", folder + "/server.log", "-o", options);
        return server;
    }

    /** The database every cluster has, empty. */
    TestDatabase database() {
        return database("postgres");
    }

    TestDatabase database(String name) {
        return new TestDatabase("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres");
    }

    /** Runs one of PostgreSQL's client programs against this server, as its superuser. */
    void client(String program, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--host=127.0.0.1", "--port=" + port, "--username=postgres"));
        all.addAll(List.of(arguments));
        run(List.of(), program, all.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "stop", "-m", "fast", "-D", data());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> asNobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        run(isRoot() ? asNobody : List.of(), program, arguments);
    }

    private void run(List<String> prefix, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("postgres", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!hasEnded(process) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(output));
        }
        Files.delete(output);
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
