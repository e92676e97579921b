package dev.jangbu.testkit;

import dev.jangbu.devsource.MariaDbServer;
import dev.jangbu.devsource.Size;
import dev.jangbu.devsource.SourceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One real MariaDB a JVM, started when first asked for, ended with the JVM. */
final class MariaDbTestServer {
    private final MariaDbServer server;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDbTestServer(MariaDbServer server) {
        this.server = server;
    }

    static MariaDbTestServer shared() {
        return Holder.SHARED;
    }

    /** Where MariaDB is unpacked, once a machine and user. */
    static Path programs() {
        return Path.of(System.getProperty("java.io.tmpdir"), "jangbu-mariadb-" + System.getProperty("user.name"));
    }

    TestMariaDb create() {
        // The test before may have left it killed.
        server.start();
        SourceDatabase database = server.createDatabase("test_" + databases.incrementAndGet());
        return new TestMariaDb(server, database);
    }

    void drop(TestMariaDb database) {
        server.start();
        server.execute("SET GLOBAL init_connect = ''");
        server.dropDatabase(database.source());
    }

    private static final class Holder {
        static final MariaDbTestServer SHARED = start();

        private static MariaDbTestServer start() {
            try {
                Path folder = ServerFolder.make();
                MariaDbServer server = MariaDbServer.in(folder, programs(), Size.TEST);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
                return new MariaDbTestServer(server);
            } catch (IOException failure) {
                throw new IllegalStateException("no folder for the MariaDB of the tests", failure);
            }
        }

        /** Nothing of it is to last. */
        private static void end(MariaDbServer server, Path folder) {
            server.kill();
            try {
                ServerFolder.remove(folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
