package dev.jangbu.load.erase;

import dev.jangbu.kit.run.RunContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows of a day in {@code ops.rejected_record}, which say what the rejects files say. */
final class RejectedRows {
    private static final String OF_DAY = "dataset = ? AND slice = ? AND business_date = ?";

    private final RunContext context;
    private final Subject subject;

    RejectedRows(RunContext context, Subject subject) {
        this.context = context;
        this.subject = subject;
    }

    /**
     * Takes the person's rows out.
     *
     * @return what was done, for the proof
     */
    ErasureLog.Entry erase(Connection transaction, List<DayRewrite.RejectedPlace> gone) throws SQLException {
        long before = count(transaction);
        Array files = transaction.createArrayOf(
                "text", gone.stream().map(DayRewrite.RejectedPlace::file).toArray());
        Array lines = transaction.createArrayOf(
                "bigint", gone.stream().map(DayRewrite.RejectedPlace::line).toArray());
        long removed;
        try (PreparedStatement delete = transaction.prepareStatement("DELETE FROM ops.rejected_record AS r WHERE "
                + OF_DAY + " AND ((file, line) IN (SELECT * FROM UNNEST(?::TEXT[], ?::BIGINT[]))"
                + " OR (STRPOS(CAST(r AS TEXT), ?) > 0"
                + " AND (CAST(r AS TEXT) ~ ? OR CAST(TO_JSONB(r) AS TEXT) ~ ?)))")) {
            bindDay(delete, 1);
            delete.setArray(4, files);
            delete.setArray(5, lines);
            delete.setString(6, subject.id());
            delete.setString(7, subject.patternText());
            delete.setString(8, subject.patternText());
            removed = delete.executeUpdate();
        }
        return ErasureLog.Entry.ofTable(
                context.dataset(), context.businessDate(), "ops.rejected_record", context.runId(), before, removed);
    }

    /**
     * The rows that are left become those of this run, as the files are.
     *
     * @param landingRunId the run of the landing that is left
     * @param ofLanding the runs whose lines are lines of it
     */
    void move(Connection transaction, String landingRunId, List<String> ofLanding) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.rejected_record
                    (run_id, dataset, slice, business_date, file, line, check_name, checks, raw, raw_base64, raw_bytes,
                     raw_sha256)
                SELECT
                    ?, dataset, slice, business_date,
                    CASE
                        WHEN SPLIT_PART(file, '/', 1) = ANY (?::TEXT[]) THEN ? || SUBSTR(file, STRPOS(file, '/'))
                        ELSE file
                    END,
                    line, check_name, checks, raw, raw_base64, raw_bytes, raw_sha256
                FROM ops.rejected_record
                WHERE dataset = ? AND slice = ? AND business_date = ? AND run_id <> ?""")) {
            insert.setString(1, context.runId());
            insert.setArray(2, transaction.createArrayOf("text", ofLanding.toArray()));
            insert.setString(3, landingRunId);
            bindDay(insert, 4);
            insert.setString(7, context.runId());
            insert.executeUpdate();
        }
        try (PreparedStatement delete =
                transaction.prepareStatement("DELETE FROM ops.rejected_record WHERE " + OF_DAY + " AND run_id <> ?")) {
            bindDay(delete, 1);
            delete.setString(4, context.runId());
            delete.executeUpdate();
        }
    }

    private long count(Connection transaction) throws SQLException {
        try (PreparedStatement statement =
                transaction.prepareStatement("SELECT COUNT(*) FROM ops.rejected_record WHERE " + OF_DAY)) {
            bindDay(statement, 1);
            try (java.sql.ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void bindDay(PreparedStatement statement, int from) throws SQLException {
        statement.setString(from, context.dataset());
        statement.setString(from + 1, context.request().slice());
        statement.setObject(from + 2, context.businessDate());
    }
}
