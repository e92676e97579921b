package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Replaces one day of a mart in one transaction: source asked for, day deleted, day inserted, checks run, what outlives the day
 * kept, build logged, touches of the day seen, token checked, committed. Building the same day again gives the same rows; any failure leaves the day as it was.
 */
final class DayBuild {
    /**
     * work_mem: the largest grouping of a million events takes 80 MB, and PostgreSQL grants a hash twice this; less spills
     * to disk. jit: compiling costs these queries more than it saves. lock_timeout: only DDL stands in the way, and that
     * ends soon or needs a person.
     */
    private static final List<String> SESSION =
            List.of("SET LOCAL work_mem = '64MB'", "SET LOCAL jit = off", "SET LOCAL lock_timeout = '30s'");

    private final Mart mart;
    private final RunContext context;
    private final RetriedTransaction transaction;
    private final DayRows rows;

    DayBuild(Mart mart, RunContext context, RetriedTransaction transaction, DayRows rows) {
        this.mart = mart;
        this.context = context;
        this.transaction = transaction;
        this.rows = rows;
    }

    /** What one transaction did. */
    record Built(
            SourceDay.Load load,
            int deleted,
            int inserted,
            BigDecimal insertSeconds,
            List<CheckOutcome> outcomes,
            BigDecimal checkSeconds) {
        Built {
            outcomes = List.copyOf(outcomes);
        }

        List<CheckOutcome> warnings() {
            return outcomes.stream().filter(CheckOutcome::isWarning).toList();
        }
    }

    /**
     * Returns after the commit.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when the day was never loaded or a check failed
     */
    Built run(LocalDate day) {
        return transaction.run(lockName(day), handle -> build(handle, day));
    }

    /**
     * Builds of one mart and day are one after the other, of whatever run: a run that builds touched days holds the lock
     * of its own identity, and not of each day. The one that comes later also sees more.
     */
    private String lockName(LocalDate day) {
        return "mart-job/" + mart.name() + "/" + day;
    }

    private Built build(Handle handle, LocalDate day) throws SQLException {
        SESSION.forEach(handle::execute);
        SourceDay.Load load = new SourceDay(mart.metadata().source(), day).requireLoaded(handle);
        long start = System.nanoTime();
        prepare(handle);
        int deleted =
                handle.createUpdate(mart.deleteSql()).bind("business_date", day).execute();
        int inserted = rows.insert(handle, mart, day, load);
        BigDecimal insertSeconds = Seconds.since(start);
        long checkStart = System.nanoTime();
        List<CheckOutcome> outcomes = check(handle, day);
        BigDecimal checkSeconds = Seconds.since(checkStart);
        conclude(handle, day);
        new BuildLog(mart, context).write(handle, day, load, inserted);
        context.fence().check(handle.getConnection());
        return new Built(load, deleted, inserted, insertSeconds, outcomes, checkSeconds);
    }

    private void prepare(Handle handle) {
        if (mart.before() != null) {
            handle.execute(mart.before());
        }
    }

    private void conclude(Handle handle, LocalDate day) {
        if (mart.after() != null) {
            handle.createUpdate(mart.after())
                    .bind("business_date", day)
                    .bind("run_id", context.runId())
                    .execute();
        }
    }

    private List<CheckOutcome> check(Handle handle, LocalDate day) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (Check check : mart.checks()) {
            CheckOutcome outcome = CheckOutcome.of(check, handle, day);
            if (outcome.isFailed()) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        mart.name() + " " + day + ": check " + check.name() + " failed: " + outcome.figures()
                                + " (expected: " + check.description() + "); nothing was changed");
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }
}
