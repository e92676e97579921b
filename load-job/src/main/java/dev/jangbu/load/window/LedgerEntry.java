package dev.jangbu.load.window;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.CheckedFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The ledger of one file: lines read = clean + rejected; clean = sent = copied = inserted + updated + unchanged +
 * superseded; and it is the file that was checked. The table's constraints refuse a row that does not add up or that no
 * check stands behind, and with it the whole load.
 *
 * @param checkedBy the run of transform-job that published the file
 * @param copied rows COPY reported
 */
record LedgerEntry(CheckedFile file, String checkedBy, long copied, Outcomes outcomes) {
    void write(Connection transaction, RunContext context) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.load_log
                    (dataset, slice, business_date, token, run_id, file, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, inserted, updated, unchanged, superseded, sha256, checked_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
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
            insert.setLong(13, outcomes.inserted());
            insert.setLong(14, outcomes.updated());
            insert.setLong(15, outcomes.unchanged());
            insert.setLong(16, outcomes.superseded());
            insert.setString(17, file.sha256());
            insert.setString(18, checkedBy);
            insert.executeUpdate();
        }
    }
}
