package dev.jangbu.load.clean;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** COPY of clean files into a table, in the form that costs the server least. */
public final class BinaryCopy {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int SENT_BYTES = 1 << 16;

    private final String target;
    private final List<BinaryColumn> columns;
    private final String header;

    private BinaryCopy(String target, List<BinaryColumn> columns, String header) {
        this.target = target;
        this.columns = List.copyOf(columns);
        this.header = header;
    }

    /**
     * Empty where a column is of a type that clean files are not written for.
     *
     * @param target a table with its columns; goes into the statement as it is
     * @param types of the columns, by name in the order of the files
     */
    public static Optional<BinaryCopy> of(String target, Map<String, String> types) {
        List<BinaryColumn> columns = types.values().stream()
                .map(BinaryColumn::of)
                .flatMap(Optional::stream)
                .toList();
        return columns.size() == types.size()
                ? Optional.of(new BinaryCopy(target, columns, String.join(",", types.keySet())))
                : Optional.empty();
    }

    /**
     * Returns the rows PostgreSQL says it copied; nothing where the file has to be read by {@link CsvCopy}, with the
     * transaction to be rolled back first.
     */
    public OptionalLong send(Connection connection, CleanFile file) throws SQLException {
        try (DigestInputStream csv = file.open()) {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + target + " FROM STDIN WITH (FORMAT binary)");
            try {
                write(csv, copy);
                long copied = copy.endCopy();
                file.requireUnchanged(csv);
                return OptionalLong.of(copied);
            } catch (UnusualCsv | SQLException refused) {
                file.requireUnchanged(csv);
                return OptionalLong.empty();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", Path.of(file.entry().path()), failure);
        }
    }

    private void write(InputStream csv, CopyIn copy) throws IOException, SQLException {
        BinaryRows rows = new BinaryRows(columns, header);
        byte[] buffer = new byte[BUFFER_BYTES];
        int held = 0;
        for (int read = csv.read(buffer); read >= 0; read = csv.read(buffer, held, buffer.length - held)) {
            int end = held + read;
            int whole = rows.read(buffer, 0, end);
            held = end - whole;
            System.arraycopy(buffer, whole, buffer, 0, held);
            if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            if (rows.rows().length() >= SENT_BYTES) {
                send(rows, copy);
            }
        }
        if (held > 0) {
            throw new UnusualCsv("no line break behind the last record");
        }
        rows.finish();
        send(rows, copy);
    }

    private static void send(BinaryRows rows, CopyIn copy) throws SQLException {
        copy.writeToCopy(rows.rows().content(), 0, rows.rows().length());
        rows.sent();
    }
}
