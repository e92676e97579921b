package dev.jangbu.mart.jobs;

import dev.jangbu.testkit.TestDatabase;
import java.util.Locale;

/** Runs as the jobs log them, each a minute after the one before, from 00:10 of 2026-01-16 in Seoul. */
final class LoggedRuns {
    private final TestDatabase database;
    private int count;

    LoggedRuns(TestDatabase database) {
        this(database, 0);
    }

    /** @param count how many runs are there already */
    LoggedRuns(TestDatabase database, int count) {
        this.database = database;
        this.count = count;
    }

    /** A run that ended. */
    LoggedRuns ended(String day, String job, String slice, String status, int exitCode, String rows, String message) {
        String facts = rows.isEmpty() ? "{}" : "{\"rows\": " + rows + "}";
        return log(day, job, slice, status, String.valueOf(exitCode), facts, "1.250", message);
    }

    LoggedRuns done(String day, String job, String slice, int rows) {
        return ended(day, job, slice, "done", 0, String.valueOf(rows), "");
    }

    /** A run whose row says {@code running}, with a heartbeat this long ago. */
    LoggedRuns running(String day, String job, String slice, int secondsWithoutBeat) {
        log(day, job, slice, "running", "NULL", "", "NULL", "");
        database.execute(String.format(Locale.ROOT, """
                INSERT INTO ops.run_heartbeat (job, dataset, slice, business_date, token, heartbeat_at)
                VALUES ('%s', 'events', '%s', '%s', %d, CLOCK_TIMESTAMP() - INTERVAL '%d seconds')""", job, slice, day, count, secondsWithoutBeat));
        return this;
    }

    /** A run that ended without a word, and was found by the next. */
    LoggedRuns killed(String day, String job, String slice) {
        return log(day, job, slice, "killed", "NULL", "", "NULL", "ended without a word; found by the next run");
    }

    private LoggedRuns log(
            String day,
            String job,
            String slice,
            String status,
            String exitCode,
            String facts,
            String seconds,
            String message) {
        count++;
        database.execute(String.format(
                Locale.ROOT, """
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, exit_code, message, facts,
                     seconds, version, started_at)
                VALUES ('run-%02d', '%s', 'events', '%s', '%s', '1', %d, '%s', %s, NULLIF('%s', ''),
                    CAST(NULLIF('%s', '') AS JSONB), %s, '0.1.0', TIMESTAMPTZ '2026-01-16 00:10:00+09' + INTERVAL '%d min')""", count, job, slice, day, count, status, exitCode, message, facts, seconds, count - 1));
        return this;
    }
}
