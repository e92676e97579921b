package dev.jangbu.load.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;

/**
 * Whose records a run loads: the slice names the account, and behind a dot what is done beside its daily windows.
 *
 * @param isReconcile whether records that were read before are read again, by their own dates
 */
record Account(String id, boolean isReconcile) {
    static Account of(String slice) {
        int dot = slice.indexOf('.');
        return dot < 0 ? new Account(slice, false) : new Account(slice.substring(0, dot), true);
    }

    /** Waits until no other load of the account's dataset is on its way; holds the place until the transaction ends. */
    void lock(Connection transaction, String dataset) throws SQLException {
        try (PreparedStatement lock =
                transaction.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, AccountLoads.lockName(dataset) + id);
            lock.execute();
        }
    }

    /**
     * Writes down for the SQL files what this load is: the temporary table {@code this_load} of one row.
     *
     * @param isComplete whether the records are all there are at the platform, and none was refused
     * @throws JobFailure when there is no such account
     */
    void writeThisLoad(Connection transaction, RunContext context, Manifest clean, boolean isComplete)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                CREATE TEMPORARY TABLE this_load ON COMMIT DROP AS
                SELECT CAST(? AS TEXT) AS run_id, CAST(? AS TEXT) AS dataset, CAST(? AS DATE) AS load_date,
                    CAST(? AS BOOLEAN) AS is_reconcile, CAST(? AS TIMESTAMPTZ) AS window_from,
                    CAST(? AS TIMESTAMPTZ) AS window_to, CAST(? AS BOOLEAN) AS is_complete, FALSE AS is_first,
                    account_id, tenant_id, channel_code
                FROM ops.account WHERE account_id = ?""")) {
            insert.setString(1, context.runId());
            insert.setString(2, context.dataset());
            insert.setObject(3, context.businessDate());
            insert.setBoolean(4, isReconcile);
            insert.setObject(5, clean.windowFrom().atOffset(ZoneOffset.UTC));
            insert.setObject(6, clean.windowTo().atOffset(ZoneOffset.UTC));
            insert.setBoolean(7, isComplete);
            insert.setString(8, id);
            insert.execute();
        }
        try (PreparedStatement count = transaction.prepareStatement("SELECT COUNT(*) FROM this_load");
                ResultSet row = count.executeQuery()) {
            row.next();
            if (row.getInt(1) == 0) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--account: " + id + " (expected: an account of ops.account; see extract-job accounts list)");
            }
        }
    }
}
