package dev.jangbu.faults.site;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** An embedded server that only this torture uses, started by dev-database in a folder of its own. */
public final class OwnServer implements Server {
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_TRIES = 250;

    private final Programs programs;
    private final Path home;
    private final Path unpacked;
    private Properties connection = new Properties();

    /**
     * @param home the workspace the server lives in
     * @param unpacked where PostgreSQL's programs are, or will be; may serve other tortures after this one
     */
    OwnServer(Programs programs, Path home, Path unpacked) {
        this.programs = programs;
        this.home = home;
        this.unpacked = unpacked;
    }

    @Override
    public String url() {
        return connection.getProperty("url", "");
    }

    @Override
    public String user() {
        return connection.getProperty("user", "");
    }

    @Override
    public String password() {
        return connection.getProperty("password", "");
    }

    @Override
    public boolean isOwn() {
        return true;
    }

    @Override
    public Optional<Path> data() {
        return Optional.of(home.resolve("postgres/data"));
    }

    /** The superuser has no password; the server is told to do without one, from this machine, for as long as it takes. */
    @Override
    public void administer(String... statements) throws IOException, InterruptedException, SQLException {
        Path access = home.resolve("postgres/data/pg_hba.conf");
        String before = Files.readString(access);
        Files.writeString(access, "host postgres postgres 127.0.0.1/32 trust\n" + before);
        try (Connection session = superuser();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } finally {
            Files.writeString(access, before);
            Signals.send("HUP", processId());
        }
    }

    /** The server reads its files a moment after it was told to. */
    private Connection superuser() throws IOException, InterruptedException, SQLException {
        String administration = url().replaceFirst("/[^/]*$", "/postgres");
        for (int tries = 1; ; tries++) {
            Signals.send("HUP", processId());
            Thread.sleep(PAUSE_MILLIS);
            try {
                return DriverManager.getConnection(administration, "postgres", "");
            } catch (SQLException refused) {
                if (tries == MOST_TRIES) {
                    throw refused;
                }
            }
        }
    }

    private long processId() throws IOException {
        Path file = home.resolve("postgres/data/postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }

    /** SIGQUIT is what {@code pg_ctl stop -m immediate} sends. */
    @Override
    public void crash() throws IOException, InterruptedException {
        long processId = processId();
        Optional<ProcessHandle> process = ProcessHandle.of(processId);
        Signals.send("QUIT", processId);
        while (process.isPresent() && process.get().isAlive()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void start() throws IOException, InterruptedException {
        control("start");
        Properties read = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("postgres/connection.properties"))) {
            read.load(file);
        }
        connection = read;
    }

    @Override
    public void remove() throws IOException, InterruptedException {
        control("stop");
    }

    private void control(String verb) throws IOException, InterruptedException {
        List<String> command =
                List.of("dev-database", verb, "--workspace", home.toString(), "--programs", unpacked.toString());
        Ended ended = programs.start(command, List.of()).await();
        if (ended.exitCode() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": exit " + ended.exitCode() + "\n" + ended.output());
        }
    }
}
