package dev.jangbu.load.ledger;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.CheckedFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one file: lines read = clean + rejected; clean = sent = copied, and all of them are accounted for; and it is
 * the file that was checked. The table's constraints refuse a row that does not add up or that no check stands behind, and
 * with it the whole load.
 *
 * @param checkedBy the run of transform-job that published the file
 * @param copied rows COPY reported
 * @param inTable rows the table grew by; null where rows are merged
 * @param outcomes what became of them; null where they are counted in the table
 */
public record LedgerEntry(
        CheckedFile file,
        String checkedBy,
        long copied,
        @Nullable Long inTable,
        @Nullable Outcomes outcomes) {
    public LedgerEntry {
        if ((inTable == null) == (outcomes == null)) {
            throw new IllegalArgumentException(
                    file.file() + ": in table " + inTable + ", outcomes " + outcomes + " (expected: one of them)");
        }
    }

    /** Of a day that is replaced. */
    public static LedgerEntry counted(CheckedFile file, String checkedBy, long copied, long inTable) {
        return new LedgerEntry(file, checkedBy, copied, inTable, null);
    }

    /** Of a window that is merged. */
    public static LedgerEntry merged(CheckedFile file, String checkedBy, long copied, Outcomes outcomes) {
        return new LedgerEntry(file, checkedBy, copied, null, outcomes);
    }

    public void write(Connection transaction, RunContext context) throws SQLException {
        Outcomes merged = outcomes;
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.load_log
                    (dataset, slice, business_date, token, run_id, file, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, in_table, inserted, updated, unchanged, superseded, sha256,
                     checked_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, context.dataset());
            insert.setString(2, context.request().slice());
            insert.setObject(3, context.businessDate());
            insert.setLong(4, context.fence().token());
            insert.setString(5, context.runId());
            insert.setString(6, file.file());
            insert.setLong(7, file.lines());
            insert.setLong(8, file.clean());
            insert.setLong(9, file.rejected());
            insert.setString(10, Json.line(file.rejectedByReason()));
            insert.setLong(11, file.clean());
            insert.setLong(12, copied);
            insert.setObject(13, inTable, Types.BIGINT);
            insert.setObject(14, merged == null ? null : merged.inserted(), Types.BIGINT);
            insert.setObject(15, merged == null ? null : merged.updated(), Types.BIGINT);
            insert.setObject(16, merged == null ? null : merged.unchanged(), Types.BIGINT);
            insert.setObject(17, merged == null ? null : merged.superseded(), Types.BIGINT);
            insert.setString(18, file.sha256());
            insert.setString(19, checkedBy);
            insert.executeUpdate();
        }
    }
}
