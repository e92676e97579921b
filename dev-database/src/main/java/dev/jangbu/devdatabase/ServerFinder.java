package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** Finds the running server of a folder, and never takes a stranger on its port for it. */
final class ServerFinder {
    private static final Duration STARTING = Duration.ofMinutes(5);
    private static final String CANNOT_CONNECT_NOW = "57P03";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final ServerFolder folder;
    private final ServerProcesses processes;

    ServerFinder(ServerFolder folder) {
        this.folder = folder;
        this.processes = new ServerProcesses(folder);
    }

    /** Waits for one that is starting or recovering; empty where none runs. */
    Optional<RunningServer> find() {
        long deadline = System.nanoTime() + STARTING.toNanos();
        while (true) {
            Optional<ProcessFile> recorded = processes.recorded();
            if (recorded.isEmpty() || !Files.exists(folder.password())) {
                return Optional.empty();
            }
            ProcessFile file = recorded.get();
            RunningServer server = new RunningServer(file.processId(), file.port(), password());
            Answer answer = ask(server);
            if (answer == Answer.OURS) {
                return Optional.of(server);
            }
            if (answer == Answer.NOT_OURS || System.nanoTime() > deadline) {
                return Optional.empty();
            }
            Pause.briefly();
        }
    }

    private enum Answer {
        OURS,
        NOT_OURS,
        STARTING
    }

    private Answer ask(RunningServer server) {
        Properties login = new Properties();
        login.setProperty("user", Cluster.NAME);
        login.setProperty("password", server.password());
        login.setProperty("ApplicationName", "dev-database");
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "10");
        try (Connection connection = DriverManager.getConnection(server.url(), login);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('data_directory')")) {
            row.next();
            return isSameFolder(Path.of(row.getString(1))) ? Answer.OURS : Answer.NOT_OURS;
        } catch (SQLException failure) {
            return judge(failure, server);
        }
    }

    private Answer judge(SQLException failure, RunningServer server) {
        boolean ours = processes.isOurs(server.processId());
        if (CANNOT_CONNECT_NOW.equals(failure.getSQLState()) && (ours || !processes.canSee())) {
            return Answer.STARTING;
        }
        return TOO_MANY_CONNECTIONS.equals(failure.getSQLState()) && ours ? Answer.OURS : Answer.NOT_OURS;
    }

    private boolean isSameFolder(Path reported) {
        try {
            return Files.isSameFile(reported, folder.data());
        } catch (IOException elsewhere) {
            return false;
        }
    }

    private String password() {
        try {
            return Files.readString(folder.password()).strip();
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", folder.password(), failure);
        }
    }
}
