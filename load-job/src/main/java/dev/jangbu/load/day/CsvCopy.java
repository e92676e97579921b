package dev.jangbu.load.day;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** COPY of clean files into a table of schema raw. */
final class CsvCopy {
    private static final int BUFFER_BYTES = 1 << 18;

    private final String table;

    /** @param table a name that {@link DayTable} gave */
    CsvCopy(String table) {
        this.table = table;
    }

    /**
     * Returns the rows PostgreSQL says it copied. When it refuses the file, the first question is whether it is still the
     * file that was checked.
     */
    long send(Connection connection, CleanFile file) throws SQLException {
        try (DigestInputStream csv = file.open()) {
            try {
                long copied = copy(connection, csv);
                file.requireUnchanged(csv);
                return copied;
            } catch (SQLException refused) {
                file.requireUnchanged(csv);
                throw refused;
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", Path.of(file.entry().path()), failure);
        }
    }

    private long copy(Connection connection, DigestInputStream csv) throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY raw." + table + " FROM STDIN WITH (FORMAT csv, HEADER MATCH)", csv, BUFFER_BYTES);
    }
}
