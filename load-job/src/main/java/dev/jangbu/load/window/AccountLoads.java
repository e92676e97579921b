package dev.jangbu.load.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The loads of all accounts of a dataset: whatever window is loaded, it may change rows of any day. */
public final class AccountLoads {
    private AccountLoads() {}

    /** What a load of an account locks while it merges, but for the account's id at its end. */
    static String lockName(String dataset) {
        return "merge/" + dataset + "/";
    }

    /**
     * Holds off all loads of the dataset until the transaction ends; those that begin meanwhile wait for that.
     *
     * @throws JobFailure with {@link ExitCode#HELD} when one is on its way
     */
    public static void holdOff(Connection transaction, String dataset) throws SQLException {
        try (PreparedStatement lock = transaction.prepareStatement("""
                SELECT account_id FROM ops.account
                WHERE NOT pg_try_advisory_xact_lock(hashtextextended(? || account_id, 0))
                ORDER BY account_id""")) {
            lock.setString(1, lockName(dataset));
            try (ResultSet row = lock.executeQuery()) {
                if (row.next()) {
                    throw new JobFailure(
                            ExitCode.HELD,
                            dataset + " of " + row.getString(1)
                                    + ": being loaded now; wait for it to end and run again");
                }
            }
        }
    }
}
