package dev.jangbu.devdatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The workspaces of one test: each server that was started is stopped after it. */
final class Workspaces implements AfterEachCallback {
    /** Unpacked once for all tests. */
    private static final Programs PROGRAMS =
            Programs.in(Path.of("target", "test-programs").toAbsolutePath());

    private final List<ServerFolder> folders = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** A server whose cluster is not there yet. */
    EmbeddedServer emptyServer(ServerFolder folder) {
        folders.add(folder);
        return serverOf(folder);
    }

    /** A server with a fresh cluster: a copy of one that is made once, which takes less time. */
    EmbeddedServer server(ServerFolder folder) throws IOException {
        if (!folder.hasData()) {
            copy(Template.CLUSTER.data(), folder.data());
        }
        return emptyServer(folder);
    }

    private EmbeddedServer serverOf(ServerFolder folder) {
        return new EmbeddedServer(folder, PROGRAMS, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        for (ServerFolder folder : folders) {
            serverOf(folder).stop();
        }
        folders.clear();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static final class Template {
        static final ServerFolder CLUSTER = create();

        private static ServerFolder create() {
            ServerFolder folder = ServerFolder.of(Path.of("target", "test-template"));
            Storage.removeTree(folder.root());
            EmbeddedServer server = new EmbeddedServer(folder, PROGRAMS, System.out);
            server.start();
            server.stop();
            return folder;
        }
    }

    /** The settings a job would read. */
    static Properties settings(ServerFolder folder) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.connection())) {
            properties.load(reader);
        }
        return properties;
    }

    static Connection connect(ServerFolder folder) throws IOException, SQLException {
        Properties settings = settings(folder);
        return DriverManager.getConnection(
                settings.getProperty("url"), settings.getProperty("user"), settings.getProperty("password"));
    }

    static void execute(ServerFolder folder, String sql) throws IOException, SQLException {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String value(ServerFolder folder, String sql) throws IOException, SQLException {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
