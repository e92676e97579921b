package dev.jangbu.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.spark.session.SparkStart;
import java.time.Instant;
import javax.sql.DataSource;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * One day as it was at an instant, in a commit of its own: all other days stay as they are. The rows are written again, not
 * their files named again, for Iceberg removes a file that was once taken out when it forgets old states.
 */
final class DayRestore {
    private final RunContext context;
    private final DataSource database;
    private final SparkStart spark;
    private final LakeSettings lake;
    private final Instant asOf;

    DayRestore(RunContext context, DataSource database, SparkStart spark, LakeSettings lake, AsOf asOf) {
        this.context = context;
        this.database = database;
        this.spark = spark;
        this.lake = lake.as(context.runId(), context.fence());
        this.asOf = asOf.instant();
    }

    void restore() throws Exception {
        DayReplacement replacement = new DayReplacement(lake, context);
        LakeSnapshot former = former(replacement.events());
        boolean isThere = replacement
                .last()
                .map(last -> last.id() == former.id() || last.files().equals(former.files()))
                .orElse(false);
        context.summary()
                .fact("rows", former.rows())
                .fact("restored_from", String.valueOf(former.id()))
                .fact("changed", !isThere);
        if (isThere) {
            return;
        }
        Dataset<Row> rows = lake.session(spark.session())
                .read()
                .option("snapshot-id", former.id())
                .table(EventsTable.IN_SQL)
                .where(col(EventsTable.DAY).equalTo(lit(context.businessDate())));
        LakeLock.share(
                database,
                () -> replacement.by(
                        rows, former.rows(), LakeSnapshot.ofRestore(former, context.businessDate(), context.runId())));
    }

    private LakeSnapshot former(EventsTable events) {
        @Nullable Long then = SnapshotUtil.nullableSnapshotIdAsOfTime(events.table(), asOf.toEpochMilli());
        if (then == null) {
            throw missing();
        }
        return events.lastOf(context.businessDate(), then).orElseThrow(this::missing);
    }

    private JobFailure missing() {
        return new JobFailure(
                ExitCode.FAILED,
                EventsTable.IN_SQL + ": no put of " + context.businessDate() + " at " + asOf
                        + " (expected: an instant after one; see `lake history events --ds " + context.businessDate()
                        + "`)");
    }
}
