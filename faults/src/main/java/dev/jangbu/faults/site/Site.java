package dev.jangbu.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An installation under torture: the packaged jobs, a workspace and a database that nothing else uses. The copies made by
 * {@link #in} and {@link #with} share them.
 */
public final class Site {
    private final Programs programs;
    private final Path root;
    private final Path workspace;
    private final Server server;
    private final Map<String, String> settings;

    private Site(Programs programs, Path root, Path workspace, Server server, Map<String, String> settings) {
        this.programs = programs;
        this.root = root;
        this.workspace = workspace;
        this.server = server;
        this.settings = Map.copyOf(settings);
    }

    /**
     * Makes the scratch folders, starts the server or makes the scratch database, and migrates it.
     *
     * @param project the checkout, built
     * @param parent where the scratch folder is made; every folder above it open to all
     * @param environment {@code JANGBU_DB_URL} and its like name a server; without, an embedded one is started
     */
    public static Site open(Path project, Path parent, Map<String, String> environment)
            throws IOException, InterruptedException {
        Files.createDirectories(parent);
        Path root = Files.createTempDirectory(
                parent, "torture-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path outputs = Files.createDirectories(root.resolve("output"));
        Programs programs = new Programs(project, outputs);
        Server server = server(programs, root, parent, environment);
        server.start();
        Site site = new Site(programs, root, Files.createDirectories(root.resolve("workspace")), server, Map.of());
        site.must(List.of("load-job", "migrate"));
        return site;
    }

    public Path root() {
        return root;
    }

    public Path workspace() {
        return workspace;
    }

    public Server server() {
        return server;
    }

    public Sql sql() {
        return new Sql(server);
    }

    /** The same installation with another workspace. */
    public Site in(Path otherWorkspace) {
        return new Site(programs, root, otherWorkspace, server, settings);
    }

    /** The same installation with one more setting in the jobs' environment. */
    public Site with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new Site(programs, root, workspace, server, more);
    }

    /** @param command the job and its arguments */
    public JobRun start(List<String> command) throws IOException {
        return start(command, List.of());
    }

    /** @param prefix goes before the program, such as a shell that sets a limit */
    public JobRun start(List<String> command, List<String> prefix) throws IOException {
        return programs.start(command, prefix, environment());
    }

    /** Whether {@link #reside} is possible here. */
    public boolean canReside(String job) {
        return programs.canReside(job);
    }

    /** A JVM of the job's that stays, with this installation's settings. */
    public Resident reside(String job) throws IOException {
        return programs.reside(job, environment());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "JANGBU_WORKSPACE", workspace.toString(),
                "JANGBU_DB_URL", server.url(),
                "JANGBU_DB_USER", server.user(),
                "JANGBU_DB_PASSWORD", server.password()));
        environment.putAll(settings);
        return environment;
    }

    public Ended run(List<String> command) throws IOException, InterruptedException {
        return start(command).await();
    }

    /** Runs a job that has no reason to fail. */
    public Ended must(List<String> command) throws IOException, InterruptedException {
        Ended ended = run(command);
        if (ended.exitCode() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": exit " + ended.exitCode() + " (expected: 0)\n" + ended.output());
        }
        return ended;
    }

    /** A server that a job started and left: it ends with this installation. */
    void adopt(ProcessHandle started) {
        programs.adopt(started);
    }

    /** A new, empty folder below the scratch folder. */
    public Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(root, name);
    }

    /** Ends the server or drops the database, and removes the scratch folder. */
    public void remove() throws IOException, InterruptedException, SQLException {
        server.remove();
        programs.endServers();
        delete(root);
    }

    /** A folder with all in it; nothing where there is none. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static Server server(Programs programs, Path root, Path parent, Map<String, String> environment)
            throws IOException {
        String url = environment.getOrDefault("JANGBU_DB_URL", "");
        if (url.isBlank()) {
            return new OwnServer(programs, root.resolve("server"), parent.resolve("programs"));
        }
        String file = environment.getOrDefault("JANGBU_DB_PASSWORD_FILE", "");
        String password = file.isBlank()
                ? environment.getOrDefault("JANGBU_DB_PASSWORD", "")
                : Files.readString(Path.of(file)).strip();
        String name = "jangbu_" + String.valueOf(root.getFileName()).replace('-', '_');
        return new GivenServer(url, name, environment.getOrDefault("JANGBU_DB_USER", "jangbu"), password);
    }
}
