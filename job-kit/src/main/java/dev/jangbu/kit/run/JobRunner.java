package dev.jangbu.kit.run;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.RunFolders;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Runs one request as a Spring Batch job: takes the lock, starts Spring, recovers what a killed run left, runs the job,
 * and tells how it ended as an exit code, a summary line, a summary file and a row.
 */
public final class JobRunner {
    /** Logging is set up by logback.xml alone: Boot's own set-up would lose lines while Spring starts. */
    private static final long BYTES_PER_MEGABYTE = 1 << 20;

    private static final String BOOT_LOGGING = "org.springframework.boot.logging.LoggingSystem";

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

    /** A runner with the settings, clock and output of this process. */
    public static JobRunner ofProcess(boolean verbose) {
        System.setProperty(BOOT_LOGGING, "none");
        return new JobRunner(System.getenv(), Clock.systemUTC(), System.out, verbose);
    }

    /**
     * Runs the request to its end; never throws for a failure of the job.
     *
     * @param configuration a Spring configuration with exactly one {@code Job} bean, made with {@link Steps}
     * @param options the command's options, each a record of its own type: beans for the configuration
     */
    public ExitCode run(RunRequest request, Class<?> configuration, Object... options) {
        return run(request, null, () -> SpringStart.begin(configuration, List.of(options)));
    }

    /** As {@link #run}, of one of several runs of this process, whose contexts were begun ahead of them. */
    public ExitCode run(RunRequest request, SpringAhead ahead, Object option) {
        return run(request, null, () -> ahead.of(option));
    }

    /**
     * As {@link #run}, for many who ask for the same at once: a run of the identity that was on its way when this one was
     * asked for is waited for, and its end is told as this one's. So one works, and all see its result.
     *
     * @param age how long ago this run was asked for, such as when its process began
     */
    public ExitCode join(RunRequest request, Duration age, Class<?> configuration, Object... options) {
        return run(request, age, () -> SpringStart.begin(configuration, List.of(options)));
    }

    private ExitCode run(RunRequest request, @Nullable Duration age, Supplier<SpringStart> start) {
        String runId = RunFolders.newRunId(clock.instant());
        log.info(
                "job={} dataset={} slice={} ds={} run={} attempt={} state=started",
                request.job(),
                request.dataset(),
                request.slice(),
                request.businessDate(),
                runId,
                request.attempt());
        Run run = new Run(request, runId, new RunSummary(), new RunTeller(request, runId, out), System.nanoTime());
        try {
            Optional<EndedRun> other = work(run, age, start);
            if (other.isPresent()) {
                run.teller().joined(other.get());
                return ExitCode.of(other.get().result().code());
            }
            run.teller().ended(RunResult.of(ExitCode.DONE, "", run.summary()), Seconds.since(run.start()));
            return ExitCode.DONE;
        } catch (RuntimeException failure) {
            if (verbose) {
                failure.printStackTrace(out);
            }
            JobFailure told = explain(failure);
            run.teller().ended(result(told, run.summary()), Seconds.since(run.start()));
            return told.exitCode();
        }
    }

    /** One run on its way. */
    private record Run(RunRequest request, String runId, RunSummary summary, RunTeller teller, long start) {}

    /** The run that was joined; empty where this one worked. */
    private Optional<EndedRun> work(Run run, @Nullable Duration age, Supplier<SpringStart> start) {
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        DatabaseSettings settings =
                DatabaseSettings.from(environment, run.request().workspace());
        Database locking = new Database(settings, calendar, RunLock.lockName(run.runId()));
        // Not before the lock is held: of many that start at once all but one need no Spring.
        try (Entry entry = age == null
                ? Entry.alone(locking, run.request(), run.runId())
                : Entry.joining(locking, run.request(), run.runId(), age)) {
            RunLock lock = entry.lock();
            if (lock == null) {
                return Optional.ofNullable(entry.other());
            }
            try (SpringStart spring = start.get()) {
                Database database = new Database(settings, calendar, RunLock.applicationName(run.runId()));
                locked(run, calendar, lock, new RunLog(lock.session(), run.runId()), database, spring);
            }
            return Optional.empty();
        }
    }

    private void locked(
            Run run, BusinessCalendar calendar, RunLock lock, RunLog runLog, Database database, SpringStart spring) {
        run.teller().running();
        RunContext context = new RunContext(
                run.request(), run.runId(), Version.current(), calendar, lock.fence(), run.summary(), clock);
        Thread onStop = new Thread(() -> stopped(run, runLog, lock), "stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            runLog.started(run.request(), lock.fence(), Version.current());
            new BatchExecution(context, database, lock).run(spring.context());
            record(runLog, RunResult.of(ExitCode.DONE, "", run.summary()), run);
        } catch (SQLException failure) {
            throw takenOver(SqlFailures.explain(failure, "cannot record the run"), database, lock.fence());
        } catch (RuntimeException failure) {
            RuntimeException told = takenOver(failure, database, lock.fence());
            record(runLog, result(explain(told), run.summary()), run);
            throw told;
        } finally {
            withoutHook(onStop);
        }
    }

    /**
     * Who takes over ends the sessions of the run before, to which the database then seems to have gone away, or Spring
     * Batch to have the day done already.
     */
    private static RuntimeException takenOver(RuntimeException failure, Database database, Fence fence) {
        ExitCode code = explain(failure).exitCode();
        if (code != ExitCode.UNAVAILABLE && code != ExitCode.FAILED) {
            return failure;
        }
        try (Connection connection = database.withoutPatience().connect()) {
            fence.check(connection);
        } catch (JobFailure refused) {
            return refused.exitCode() == ExitCode.HELD ? refused : failure;
        } catch (SQLException away) {
            log.debug("cannot ask who holds the slice", away);
        }
        return failure;
    }

    private static void record(RunLog runLog, RunResult result, Run run) {
        try {
            runLog.ended(result, Seconds.since(run.start()));
        } catch (SQLException failure) {
            log.warn("run_log=not_written reason=\"{}\"", failure.getMessage());
        }
    }

    /** On SIGTERM: says so, and frees the slice; what was being written is rolled back as the process ends. */
    private static void stopped(Run run, RunLog runLog, RunLock lock) {
        RunResult result = RunResult.stopped(run.summary());
        record(runLog, result, run);
        run.teller().ended(result, Seconds.since(run.start()));
        lock.close();
    }

    private static void withoutHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            log.debug("already stopping", alreadyStopping);
        }
    }

    private static RunResult result(JobFailure told, RunSummary summary) {
        return RunResult.of(told.exitCode(), String.valueOf(told.getMessage()), summary);
    }

    /**
     * Nobody but this run writes its rows of Spring Batch's: one that is newer than it knows of was committed by itself,
     * and the reply was lost with the connection. (Where another run took over, the token says so.)
     */
    private static JobFailure lostReply(Throwable cause) {
        return new JobFailure(
                ExitCode.UNAVAILABLE,
                "the connection to the database broke while a commit was under way, which was done all the same ("
                        + cause.getMessage() + "); run again",
                cause);
    }

    private static JobFailure outOfMemory(Throwable cause) {
        return new JobFailure(
                ExitCode.FAILED,
                "out of memory: " + cause.getMessage() + " of "
                        + Runtime.getRuntime().maxMemory() / BYTES_PER_MEGABYTE
                        + " MB was not enough for this day; give more, such as JANGBU_JAVA_OPTIONS=-Xmx2g",
                cause);
    }

    private static JobFailure explain(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobFailure told) {
                return told;
            }
            if (cause instanceof OptimisticLockingFailureException) {
                return lostReply(cause);
            }
            if (cause instanceof OutOfMemoryError) {
                return outOfMemory(cause);
            }
        }
        @Nullable SQLException sql = SqlFailures.find(failure);
        if (sql != null) {
            return SqlFailures.explain(sql, "PostgreSQL refused");
        }
        return new JobFailure(ExitCode.FAILED, failure + "; run again with --verbose for the whole story", failure);
    }
}
