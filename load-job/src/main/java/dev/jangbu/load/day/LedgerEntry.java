package dev.jangbu.load.day;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of one file: lines read = clean + rejected; clean = sent = copied = in the table. The table's constraints
 * refuse a row that does not add up, and with it the whole load.
 *
 * @param copied rows COPY reported
 * @param inTable rows the table grew by, counted
 */
record LedgerEntry(Manifest.Entry file, long copied, long inTable) {
    private static final String REASON = "rejected.";

    /** A day without a file is in the ledger too: loaded, with nothing. */
    static LedgerEntry ofEmptyDay() {
        return new LedgerEntry(new Manifest.Entry("(no file)", 0, 0, ""), 0, 0);
    }

    void write(Connection transaction, RunContext context) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.load_log
                    (dataset, slice, business_date, token, run_id, file, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, in_table, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?, ?, ?, ?)""")) {
            insert.setString(1, context.dataset());
            insert.setString(2, context.request().slice());
            insert.setObject(3, context.businessDate());
            insert.setLong(4, context.fence().token());
            insert.setString(5, context.runId());
            insert.setString(6, file.path());
            insert.setLong(7, file.counts().getOrDefault("lines", file.rows()));
            insert.setLong(8, file.rows());
            insert.setLong(9, file.counts().getOrDefault("rejected", 0L));
            insert.setString(10, Json.line(rejectedByReason()));
            insert.setLong(11, file.rows());
            insert.setLong(12, copied);
            insert.setLong(13, inTable);
            insert.setString(14, file.sha256());
            insert.executeUpdate();
        }
    }

    private Map<String, Long> rejectedByReason() {
        Map<String, Long> reasons = new TreeMap<>();
        file.counts().forEach((name, count) -> {
            if (name.startsWith(REASON)) {
                reasons.put(name.substring(REASON.length()), count);
            }
        });
        return reasons;
    }
}
