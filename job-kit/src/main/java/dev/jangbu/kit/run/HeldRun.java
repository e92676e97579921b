package dev.jangbu.kit.run;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.RunFolders;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/**
 * A run without a Spring Batch job: for commands that rewrite the places of several jobs at once and so must hold several
 * identities. Each has its lock, its growing token and its row in {@code ops.pipeline_run_log} as any run has; a run of
 * the job itself meanwhile ends with {@link ExitCode#HELD}, and what had been taken over before can write nothing.
 * Closing frees the identity; a run that was {@link #started} and not {@link #ended} is found dead by the next one.
 */
public final class HeldRun implements AutoCloseable {
    private final RunContext context;
    private final RunLock lock;
    private final RunLog log;
    private final long start;

    private HeldRun(RunContext context, RunLock lock, RunLog log) {
        this.context = context;
        this.lock = lock;
        this.log = log;
        this.start = System.nanoTime();
    }

    /**
     * @throws dev.jangbu.kit.exit.JobFailure with {@link ExitCode#HELD}, within two seconds, when another run holds the
     *     identity
     */
    public static HeldRun begin(RunRequest request, Map<String, String> environment, Clock clock) {
        String runId = RunFolders.newRunId(clock.instant());
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        Connection session = new Database(
                        DatabaseSettings.from(environment, request.workspace()), calendar, RunLock.lockName(runId))
                .connect();
        boolean isHeld = false;
        try {
            SchemaVersion.require(session);
            RunLock lock = RunLock.acquire(session, request, runId);
            isHeld = true;
            RunContext context =
                    new RunContext(request, runId, Version.current(), calendar, lock.fence(), new RunSummary(), clock);
            return new HeldRun(context, lock, new RunLog(session, runId));
        } finally {
            if (!isHeld) {
                RunLock.end(session);
            }
        }
    }

    public RunContext context() {
        return context;
    }

    /** Writes that the run has begun: once all identities it is to work under are held. */
    public void started() {
        try {
            log.started(context.request(), context.fence(), context.version());
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot record the run");
        }
    }

    /** Writes how the run ended, with the facts of its summary. */
    public void ended(ExitCode exitCode, String message) {
        try {
            log.ended(RunResult.of(exitCode, message, context.summary()), Seconds.since(start));
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot record the run");
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
