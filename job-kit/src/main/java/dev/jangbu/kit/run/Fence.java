package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The right to write for one identity: a token that grows each time another run takes over. A run that was taken over
 * and wakes up again finds its token outdated and cannot write.
 */
public record Fence(RunRequest request, long token) {
    /**
     * Called in the writing transaction, last before its commit: holds the token until then, so that no other run can
     * take over in between.
     *
     * @throws JobFailure with {@link ExitCode#HELD} when another run has taken over
     */
    public void check(Connection writing) throws SQLException {
        try (PreparedStatement statement = writing.prepareStatement("""
                SELECT token FROM ops.run_lock
                WHERE job = ? AND dataset = ? AND slice = ? AND business_date = ? FOR SHARE""")) {
            bindIdentity(statement);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getLong(1) != token) {
                    throw new JobFailure(
                            ExitCode.HELD,
                            request.identity() + ": another run took over; this one (token " + token
                                    + ") writes nothing");
                }
            }
        }
    }

    /** Records that this run's files are the ones that count; holds the token until the transaction's end. */
    void recordPublished(Connection writing) throws SQLException {
        try (PreparedStatement statement = writing.prepareStatement("""
                UPDATE ops.run_lock SET published_token = token
                WHERE job = ? AND dataset = ? AND slice = ? AND business_date = ? AND token = ?""")) {
            bindIdentity(statement);
            statement.setLong(5, token);
            if (statement.executeUpdate() == 0) {
                throw takenOver();
            }
        }
    }

    private void bindIdentity(PreparedStatement statement) throws SQLException {
        statement.setString(1, request.job());
        statement.setString(2, request.dataset());
        statement.setString(3, request.slice());
        statement.setObject(4, request.businessDate());
    }

    private JobFailure takenOver() {
        return new JobFailure(
                ExitCode.HELD,
                request.identity() + ": another run took over; this one (token " + token + ") writes nothing");
    }
}
