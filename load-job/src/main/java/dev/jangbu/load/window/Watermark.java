package dev.jangbu.load.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * How far an account's records are loaded. It moves with the rows, in their transaction, and only forwards: a window that
 * was loaded before is merged again, one that begins behind what is loaded is refused.
 */
final class Watermark {
    private final Connection transaction;
    private final RunContext context;
    private final Account account;

    Watermark(Connection transaction, RunContext context, Account account) {
        this.transaction = transaction;
        this.context = context;
        this.account = account;
    }

    /** @throws JobFailure with {@link ExitCode#FAILED} when records between what is loaded and the window would be left out */
    void requireNoGap(Manifest clean) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(
                "SELECT position FROM ops.watermark WHERE dataset = ? AND slice = ? FOR UPDATE")) {
            select.setString(1, context.dataset());
            select.setString(2, account.id());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    requireNoGap(row.getObject(1, OffsetDateTime.class).toInstant(), clean.windowFrom());
                }
            }
        }
    }

    private void requireNoGap(Instant loaded, Instant windowFrom) {
        if (loaded.isBefore(windowFrom)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "window of " + account.id() + ": begins at " + windowFrom + " (expected: at " + loaded
                            + " or before, up to which " + context.dataset()
                            + " are loaded); nothing was loaded, extract again: "
                            + "java -jar extract-job/target/extract-job.jar " + context.dataset() + " --account "
                            + account.id() + " --ds " + context.businessDate());
        }
    }

    void move(Instant windowTo) throws SQLException {
        try (PreparedStatement upsert = transaction.prepareStatement("""
                INSERT INTO ops.watermark AS held (dataset, slice, position, run_id) VALUES (?, ?, ?, ?)
                ON CONFLICT (dataset, slice) DO UPDATE
                    SET position = excluded.position, run_id = excluded.run_id, updated_at = CLOCK_TIMESTAMP()
                    WHERE held.position < excluded.position""")) {
            upsert.setString(1, context.dataset());
            upsert.setString(2, account.id());
            upsert.setObject(3, windowTo.atOffset(ZoneOffset.UTC));
            upsert.setString(4, context.runId());
            upsert.executeUpdate();
        }
    }
}
