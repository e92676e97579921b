package dev.jangbu.kit.run;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.RunFolders;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one request as a Spring Batch job: takes the lock, starts Spring, recovers what a killed run left, runs the job,
 * and tells how it ended as an exit code, a summary line, a summary file and a row.
 */
public final class JobRunner {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final boolean verbose;

    /** @param verbose print stack traces of failures */
    public JobRunner(Map<String, String> environment, Clock clock, PrintStream out, boolean verbose) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.out = out;
        this.verbose = verbose;
    }

    public static JobRunner ofProcess(boolean verbose) {
        return new JobRunner(System.getenv(), Clock.systemUTC(), System.out, verbose);
    }

    /**
     * @param configuration a Spring configuration with exactly one {@code Job} bean, made with {@link Steps}
     * @param options the command's options, each a record of its own type: beans for the configuration
     * @return how it ended; never throws for a failure of the job
     */
    public ExitCode run(RunRequest request, Class<?> configuration, Object... options) {
        long start = System.nanoTime();
        String runId = RunFolders.newRunId(clock.instant());
        log.info(
                "job={} dataset={} slice={} ds={} run={} attempt={} state=started",
                request.job(),
                request.dataset(),
                request.slice(),
                request.businessDate(),
                runId,
                request.attempt());
        RunSummary summary = new RunSummary();
        RunResult result;
        try {
            result = started(request, runId, summary, start, configuration, List.of(options));
        } catch (RuntimeException failure) {
            result = result(failure, summary);
        }
        tell(request, runId, result, Seconds.since(start));
        return result.exitCode();
    }

    private RunResult started(
            RunRequest request,
            String runId,
            RunSummary summary,
            long start,
            Class<?> configuration,
            List<Object> options) {
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        DatabaseSettings settings = DatabaseSettings.from(environment, request.workspace());
        try (SpringStart spring = SpringStart.begin(configuration, options)) {
            return locked(request, runId, summary, start, calendar, settings, spring);
        }
    }

    private RunResult locked(
            RunRequest request,
            String runId,
            RunSummary summary,
            long start,
            BusinessCalendar calendar,
            DatabaseSettings settings,
            SpringStart spring) {
        Database lockDatabase = new Database(settings, calendar, RunLock.lockName(runId));
        Connection session = lockDatabase.connect();
        SchemaVersion.require(session);
        try (RunLock lock = RunLock.acquire(session, request, runId)) {
            RunLog runLog = new RunLog(session, runId);
            runLog.started(request, lock.fence(), Version.current());
            RunContext context =
                    new RunContext(request, runId, Version.current(), calendar, lock.fence(), summary, clock);
            Database database = new Database(settings, calendar, RunLock.applicationName(runId));
            Thread onStop = new Thread(() -> stopped(runLog, lock, summary, start), "stop");
            Runtime.getRuntime().addShutdownHook(onStop);
            RunResult result;
            try {
                new BatchExecution(context, database, lock).run(spring.context());
                result = new RunResult(ExitCode.DONE, "", summary.facts());
            } catch (RuntimeException failure) {
                result = result(failure, summary);
            }
            withoutHook(onStop);
            ended(runLog, result, start);
            return result;
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot record the run");
        }
    }

    private static void ended(RunLog runLog, RunResult result, long start) {
        try {
            runLog.ended(result, Seconds.since(start));
        } catch (SQLException failure) {
            log.warn("run_log=not_written reason=\"{}\"", failure.getMessage());
        }
    }

    /** On SIGTERM: says so, and frees the slice; what was being written is rolled back as the process ends. */
    private static void stopped(RunLog runLog, RunLock lock, RunSummary summary, long start) {
        log.warn("state=stopped reason=\"asked to stop\"");
        ended(runLog, new RunResult(ExitCode.FAILED, "stopped before its end", summary.facts()), start);
        lock.close();
    }

    private static void withoutHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            log.debug("already stopping", alreadyStopping);
        }
    }

    private RunResult result(RuntimeException failure, RunSummary summary) {
        if (verbose) {
            failure.printStackTrace(out);
        }
        JobFailure told = explain(failure);
        return new RunResult(told.exitCode(), String.valueOf(told.getMessage()), summary.facts());
    }

    private static JobFailure explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobFailure told) {
                return told;
            }
        }
        @Nullable SQLException sql = SqlFailures.find(failure);
        if (sql != null) {
            return SqlFailures.explain(sql, "PostgreSQL refused");
        }
        return new JobFailure(ExitCode.FAILED, failure + "; run again with --verbose for the whole story", failure);
    }

    private void tell(RunRequest request, String runId, RunResult result, BigDecimal seconds) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", request.job());
        summary.put("dataset", request.dataset());
        summary.put("slice", request.slice());
        summary.put("ds", request.businessDate().toString());
        summary.put("status", result.exitCode().status());
        summary.put("exit_code", result.exitCode().code());
        summary.put("message", result.message());
        summary.putAll(result.facts());
        summary.put("seconds", seconds);
        summary.put("run_id", runId);
        summary.put("attempt", request.attempt());
        summary.put("version", Version.current());
        String state = "job={} ds={} state={} seconds={} {}";
        if (result.exitCode() == ExitCode.DONE) {
            log.info(
                    state,
                    request.job(),
                    request.businessDate(),
                    result.exitCode().status(),
                    seconds,
                    "");
        } else {
            log.error(
                    state,
                    request.job(),
                    request.businessDate(),
                    result.exitCode().status(),
                    seconds,
                    result.message());
        }
        try {
            AtomicFiles.write(request.workspace().runSummary(request), Json.pretty(summary));
        } catch (JobFailure failure) {
            log.warn("summary=not_written reason=\"{}\"", failure.getMessage());
        }
        out.println(Json.line(summary));
        out.flush();
    }
}
