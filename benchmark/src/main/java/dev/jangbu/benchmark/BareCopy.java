package dev.jangbu.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** The yardstick of the load: COPY of the ready clean files into a bare table, and the key after it; no check, no ledger. */
final class BareCopy {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Server server;
    private final List<Path> cleanFiles;

    BareCopy(Server server, List<Path> cleanFiles) {
        this.server = server;
        this.cleanFiles = List.copyOf(cleanFiles);
    }

    /** Returns the seconds of copy and key together. */
    double run() throws SQLException, IOException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS public.bench_copy");
            statement.execute("CREATE TABLE public.bench_copy (LIKE raw.raw_events)");
            long start = System.nanoTime();
            for (Path file : cleanFiles) {
                copy(connection, file);
            }
            statement.execute("ALTER TABLE public.bench_copy ADD PRIMARY KEY (event_date, event_id)");
            double seconds = (System.nanoTime() - start) / 1e9;
            statement.execute("DROP TABLE public.bench_copy");
            return seconds;
        }
    }

    private static void copy(Connection connection, Path file) throws SQLException, IOException {
        try (InputStream csv = Files.newInputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY public.bench_copy FROM STDIN WITH (FORMAT csv, HEADER)", csv, BUFFER_BYTES);
        }
    }
}
