package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a mart's day: source asked for, day deleted, day inserted, checks run, build logged, token checked, committed. Building the
 * same day again gives the same rows; any failure leaves the day as it was.
 */
final class MartBuild {
    private static final Logger log = LoggerFactory.getLogger(MartBuild.class);

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

    MartBuild(Mart mart, RunContext context, RetriedTransaction transaction) {
        this.mart = mart;
        this.context = context;
        this.transaction = transaction;
    }

    void run() {
        Built built = transaction.run(this::build);
        tell(built);
    }

    /** What one transaction did. */
    private record Built(
            SourceDay.Load load,
            int deleted,
            int inserted,
            BigDecimal insertSeconds,
            List<CheckOutcome> outcomes,
            BigDecimal checkSeconds) {}

    private Built build(Handle handle) throws SQLException {
        SESSION.forEach(handle::execute);
        SourceDay.Load load = new SourceDay(mart.metadata().source(), context.businessDate()).requireLoaded(handle);
        long start = System.nanoTime();
        int deleted = update(handle, mart.deleteSql());
        int inserted = update(handle, mart.insertSql());
        BigDecimal insertSeconds = Seconds.since(start);
        long checkStart = System.nanoTime();
        List<CheckOutcome> outcomes = check(handle);
        BigDecimal checkSeconds = Seconds.since(checkStart);
        writeLog(handle, load, inserted);
        context.fence().check(handle.getConnection());
        return new Built(load, deleted, inserted, insertSeconds, outcomes, checkSeconds);
    }

    private void writeLog(Handle handle, SourceDay.Load load, int rows) {
        handle.createUpdate("""
                        INSERT INTO ops.mart_log
                            (run_id, mart, dataset, business_date, token, load_run_id, load_file, source_rows, row_count)
                        VALUES (:run_id, :mart, :dataset, :business_date, :token, :load_run_id, :load_file, :source_rows,
                            :row_count)""")
                .bind("run_id", context.runId())
                .bind("mart", mart.name())
                .bind("dataset", mart.metadata().source().dataset())
                .bind("business_date", context.businessDate())
                .bind("token", context.fence().token())
                .bind("load_run_id", load.runId())
                .bind("load_file", load.file())
                .bind("source_rows", load.rows())
                .bind("row_count", rows)
                .execute();
    }

    private int update(Handle handle, String sql) {
        return handle.createUpdate(sql)
                .bind("business_date", context.businessDate())
                .execute();
    }

    private List<CheckOutcome> check(Handle handle) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (Check check : mart.checks()) {
            CheckOutcome outcome = CheckOutcome.of(check, handle, context.businessDate());
            if (outcome.isFailed()) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        mart.name() + " " + context.businessDate() + ": check " + check.name() + " failed: "
                                + outcome.figures() + " (expected: " + check.description()
                                + "); nothing was changed");
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private void tell(Built built) {
        context.summary()
                .fact("rows", built.inserted())
                .fact("rows_before", built.deleted())
                .fact("source_rows", built.load().rows())
                .fact("load_run", built.load().runId());
        for (CheckOutcome outcome : built.outcomes()) {
            outcome.facts().forEach(context.summary()::fact);
            if (outcome.isWarning()) {
                log.warn(
                        "mart={} ds={} check={} state=warned {} expected=\"{}\"",
                        mart.name(),
                        context.businessDate(),
                        outcome.check().name(),
                        outcome.figures(),
                        outcome.check().description());
            }
        }
        context.summary()
                .fact(
                        "warnings",
                        built.outcomes().stream()
                                .filter(CheckOutcome::isWarning)
                                .count())
                .fact(
                        "checks",
                        built.outcomes().stream()
                                .filter(outcome -> outcome.check().kind() != Check.Kind.FACT)
                                .map(CheckOutcome::summary)
                                .toList())
                .fact("insert_seconds", built.insertSeconds())
                .fact("check_seconds", built.checkSeconds());
    }
}
