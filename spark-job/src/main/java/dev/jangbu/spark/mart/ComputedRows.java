package dev.jangbu.spark.mart;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.mart.build.DayRows;
import dev.jangbu.mart.build.SourceDay;
import dev.jangbu.mart.definition.Mart;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A day's rows of a mart, computed by Spark before the transaction that takes them: it is as short as without Spark. They are
 * of one load; where another has come in between, nothing is changed.
 */
final class ComputedRows implements DayRows {
    private final Mart mart;
    private final RunContext context;
    private final Jdbi jdbi;
    private final DayEvents events;
    private @Nullable Computed computed;

    private record Computed(SourceDay.Load load, Dataset<Row> rows) {}

    ComputedRows(Mart mart, RunContext context, Jdbi jdbi, DayEvents events) {
        this.mart = mart;
        this.context = context;
        this.jdbi = jdbi;
        this.events = events;
    }

    void compute() throws SQLException {
        LocalDate day = context.businessDate();
        computed = jdbi.withHandle(handle -> {
            SourceDay.Load load = new SourceDay(mart.metadata().source(), day).requireLoaded(handle);
            SparkSession session = events.session(context, handle.getConnection(), load);
            Dataset<Row> rows = session.sql(Dialect.toSpark(mart.query()), Map.of("business_date", day))
                    .select(mart.columnNames().stream().map(functions::col).toArray(org.apache.spark.sql.Column[]::new))
                    .persist(StorageLevel.DISK_ONLY());
            context.summary().fact("computed_rows", rows.count());
            return new Computed(load, rows);
        });
    }

    /** The mart's query of a day, in a session where the day's events are, as the mart has its columns. */
    static Dataset<Row> query(SparkSession session, Mart mart, LocalDate day) {
        Column[] columns = mart.columnNames().stream().map(functions::col).toArray(Column[]::new);
        return session.sql(Dialect.toSpark(mart.query()), Map.of("business_date", day))
                .select(columns);
    }

    @Override
    public int insert(Handle handle, Mart into, LocalDate day, SourceDay.Load load) throws SQLException {
        Computed those = Objects.requireNonNull(computed, "the day was not computed yet");
        if (!those.load().runId().equals(load.runId())) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    into.name() + " " + day + ": the day was loaded by run " + load.runId()
                            + " while it was computed (expected: "
                            + those.load().runId()
                            + "); nothing was changed; run again");
        }
        return Math.toIntExact(
                RowCopy.copy(handle.getConnection(), into, those.rows().toLocalIterator()));
    }

    /** Frees what Spark kept of the rows. */
    void forget() {
        Computed those = computed;
        if (those != null) {
            those.rows().unpersist();
        }
    }
}
