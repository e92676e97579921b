package dev.jangbu.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One real PostgreSQL a JVM, started when first asked for; each test gets a copy of one migrated database. */
final class TestServer {
    private static final String USER = "postgres";
    private static final String TEMPLATE = "jangbu_template";

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static TestServer shared() {
        return Holder.SHARED;
    }

    /** A database with the schema of {@code sql/migrations}. */
    TestDatabase migratedDatabase() throws SQLException {
        return create("TEMPLATE " + TEMPLATE + " STRATEGY file_copy");
    }

    /** The same in a database of a character type, which the template cannot be copied to: migrated anew. */
    TestDatabase migratedDatabase(Characters.Type characters) throws SQLException {
        TestDatabase database = create(characters.options());
        migrate(database);
        return database;
    }

    /** A database that was never migrated. */
    TestDatabase emptyDatabase() throws SQLException {
        return create("");
    }

    void drop(TestDatabase database) throws SQLException {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private TestDatabase create(String options) throws SQLException {
        String name = "test_" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name + " " + options);
        execute("ALTER DATABASE " + name + " SET search_path = mart, raw, ops, public");
        return database(name);
    }

    private TestDatabase database(String name) {
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void migrateTemplate() throws SQLException {
        execute("CREATE DATABASE " + TEMPLATE);
        migrate(database(TEMPLATE));
    }

    private static void migrate(TestDatabase database) {
        Flyway.configure()
                .dataSource(database.url(), USER, "")
                .locations("classpath:sql/migrations")
                .defaultSchema("ops")
                .load()
                .migrate();
    }

    private static final class Holder {
        static final TestServer SHARED = start();

        private static TestServer start() {
            try {
                TestServer server = new TestServer(EmbeddedPostgres.builder()
                        .setDataDirectory(ServerFolder.make())
                        .setServerConfig("timezone", "UTC")
                        .setServerConfig("max_connections", "200")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start());
                server.migrateTemplate();
                return server;
            } catch (IOException | SQLException failure) {
                throw new IllegalStateException("the test server did not start", failure);
            }
        }
    }
}
