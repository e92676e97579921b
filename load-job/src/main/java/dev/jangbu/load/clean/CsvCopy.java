package dev.jangbu.load.clean;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** COPY of clean files into a table. */
public final class CsvCopy {
    private static final int BUFFER_BYTES = 1 << 18;

    private final String target;

    /** @param target a table, with its columns where the files do not have all of them; goes into the statement as it is */
    public CsvCopy(String target) {
        this.target = target;
    }

    /**
     * Returns the rows PostgreSQL says it copied. When it refuses the file, the first question is whether it is still the
     * file that was checked.
     */
    public long send(Connection connection, CleanFile file) throws SQLException {
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
                .copyIn("COPY " + target + " FROM STDIN WITH (FORMAT csv, HEADER MATCH)", csv, BUFFER_BYTES);
    }
}
