package dev.jangbu.transform.reject;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes a day's rejects to {@code ops.rejected_record} in the place of those of the run before. They are copied from the
 * rejects files as these are read: memory does not grow with their number.
 */
public final class RejectedRecords {
    private static final String COPY = "COPY ops.rejected_record (run_id, dataset, slice, business_date, file, line,"
            + " check_name, checks, raw, raw_base64, raw_bytes, raw_sha256) FROM STDIN";

    private static final int BUFFER_BYTES = 64 * 1024;

    private final RunContext context;

    public RejectedRecords(RunContext context) {
        this.context = context;
    }

    /** @param transaction not in auto-commit; ended by the caller */
    public void replace(Connection transaction, List<Path> files) throws SQLException {
        try (PreparedStatement delete = transaction.prepareStatement("""
                DELETE FROM ops.rejected_record WHERE dataset = ? AND slice = ? AND business_date = ?""")) {
            delete.setString(1, context.dataset());
            delete.setString(2, context.request().slice());
            delete.setObject(3, context.businessDate());
            delete.executeUpdate();
        }
        for (Path file : files) {
            copy(transaction, file);
        }
    }

    private void copy(Connection transaction, Path file) throws SQLException {
        try (RejectedLines lines = new RejectedLines(file)) {
            @Nullable RejectedLine line = lines.next();
            if (line == null) {
                return;
            }
            PGCopyOutputStream copy =
                    new PGCopyOutputStream(transaction.unwrap(PGConnection.class), COPY, BUFFER_BYTES);
            try {
                while (line != null) {
                    copy.write(row(line));
                    line = lines.next();
                }
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (IOException refused) {
            throw refused.getCause() instanceof SQLException sql ? sql : new SQLException(refused);
        }
    }

    private byte[] row(RejectedLine line) {
        @Nullable String raw = line.raw();
        // PostgreSQL's text holds any character but this one.
        boolean isText = raw != null && raw.indexOf('\0') < 0;
        return new CopyRow()
                .add(context.runId())
                .add(context.dataset())
                .add(context.request().slice())
                .add(context.businessDate().toString())
                .add(line.file())
                .add(Long.toString(line.line()))
                .add(line.checks().get(0).check())
                .add(Json.line(line.checks()))
                .add(isText ? raw : null)
                .add(isText || raw == null ? line.rawBase64() : base64(raw))
                .add(Long.toString(line.rawBytes()))
                .add(line.rawSha256())
                .toBytes();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
