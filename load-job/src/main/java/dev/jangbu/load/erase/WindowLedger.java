package dev.jangbu.load.erase;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.load.held.DayHold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/** The ledger of a window's load, for files that were written anew without a person. */
record WindowLedger(Connection transaction, DayHold hold) {
    /**
     * Writes the rows where the window's last load is of the files these were before; else the load is older than its
     * check, and stays so.
     *
     * @param checks the runs whose clean files they were
     */
    void write(Set<String> checks) throws SQLException {
        RunContext load = hold.load();
        try (PreparedStatement insert = transaction.prepareStatement("""
                WITH last_load AS (
                    SELECT run_id FROM ops.load_log
                    WHERE dataset = ? AND slice = ? AND business_date = ?
                    ORDER BY token DESC, loaded_at DESC LIMIT 1
                )
                INSERT INTO ops.load_log
                    (dataset, slice, business_date, token, run_id, file, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, inserted, updated, unchanged, superseded, sha256, checked_by)
                SELECT
                    entry.dataset, entry.slice, entry.business_date, ?, ?, now.file, now.lines, now.clean, now.rejected,
                    now.rejected_by_reason, now.clean, entry.copied, 0, 0,
                    entry.inserted + entry.updated + entry.unchanged, entry.superseded, now.sha256, now.run_id
                FROM last_load
                JOIN ops.load_log AS entry ON entry.run_id = last_load.run_id
                JOIN ops.checked_file AS now
                    ON now.run_id = ?
                    AND REGEXP_REPLACE(now.file, '^.*/', '') = REGEXP_REPLACE(entry.file, '^.*/', '')
                WHERE entry.checked_by = ANY (?::TEXT[])""")) {
            insert.setString(1, load.dataset());
            insert.setString(2, load.request().slice());
            insert.setObject(3, load.businessDate());
            insert.setLong(4, load.fence().token());
            insert.setString(5, load.runId());
            insert.setString(6, hold.transform().runId());
            insert.setArray(7, transaction.createArrayOf("text", checks.toArray()));
            insert.executeUpdate();
        }
    }
}
