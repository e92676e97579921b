package dev.jangbu.spark.check;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.jangbu.transform.check.FunnelStep;
import dev.jangbu.transform.fast.Place;
import java.io.Serial;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The checks that need the whole day: an id that was there before, a platform other than its session's first, a session out of
 * order. What is first is so by (time, place) or by place, and places follow the landing, so that it is the same line however
 * Spark deals the lines out. Only smallest values are asked for, which are found before anything travels: one user or one
 * session may have the whole day. Closing frees what was kept.
 */
final class DayComparison implements AutoCloseable {
    private static final String PLACE = "place";
    private static final String EVENT = "event_id";
    private static final String SESSION = "session_id";
    private static final String PLATFORM = "platform";
    private static final String STEP = "step";
    private static final String INSTANT = "instant";

    private final Dataset<Row> lines;
    private final Dataset<Row> sessions;

    private DayComparison(Dataset<Row> lines) {
        this.lines = lines;
        this.sessions = sessions(lines).persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Judges each line by itself once, for its keys. */
    static DayComparison of(SparkSession spark, JavaRDD<Piece> pieces, Rules rules) {
        Dataset<Row> lines = spark.createDataFrame(pieces.flatMap(new LineKeys(rules)), LineKeys.SCHEMA);
        return new DayComparison(lines.persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /** How many sessions {@code funnel_sequence} counts. */
    long sessions() {
        return sessions.where(col("is_counted")).count();
    }

    /** What was found, by place and in the order of places, each piece in the partition of its number. */
    JavaPairRDD<Long, Found> found(int pieces) {
        JavaPairRDD<Long, Found> repeated =
                repeated().toJavaRDD().mapToPair(row -> new Tuple2<>(row.getLong(0), Found.REPEATED));
        JavaPairRDD<Long, Found> ofSessions = ofSessions()
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(
                        row.getLong(0),
                        new Found(
                                false,
                                row.isNullAt(1) ? null : row.<byte[]>getAs(1),
                                Found.Funnel.valueOf(row.getString(2)),
                                row.getBoolean(3))));
        return repeated.union(ofSessions).repartitionAndSortWithinPartitions(new ByPiece(pieces));
    }

    @Override
    public void close() {
        sessions.unpersist();
        lines.unpersist();
    }

    private Dataset<Row> repeated() {
        Dataset<Row> ids = lines.where(col(EVENT).isNotNull())
                .groupBy(EVENT)
                .agg(min(PLACE).as("first"), count(lit(1)).as("times"))
                .where(col("times").gt(1));
        return lines.join(ids, EVENT).where(col(PLACE).gt(col("first"))).select(PLACE);
    }

    private Dataset<Row> ofSessions() {
        Column funnel = col("funnel");
        Dataset<Row> doubtful = sessions.where(funnel.notEqual(Found.Funnel.IN_ORDER.name())
                .or(col("least_platform").notEqual(col("greatest_platform"))));
        Column other = when(col(PLATFORM).notEqual(col("first.platform")), col("first.platform"));
        return lines.join(doubtful, SESSION)
                .select(
                        col(PLACE),
                        other.as("other"),
                        funnel,
                        coalesce(col(PLACE).equalTo(col("failing_place")), lit(false)))
                .where(col("other").isNotNull().or(funnel.notEqual(Found.Funnel.IN_ORDER.name())));
    }

    /** A session a row: its first platform, and what is wrong with the first of each of its steps. */
    private static Dataset<Row> sessions(Dataset<Row> lines) {
        Column seen = col("seen");
        Column inCart = col("in_cart");
        Column bought = col("bought");
        Column isBoughtWithoutCart = bought.isNotNull().and(inCart.isNull().or(inCart.gt(bought)));
        Column isCartUnseen = inCart.isNotNull().and(seen.isNull().or(seen.gt(inCart)));
        return lines.where(col(SESSION).isNotNull())
                .groupBy(SESSION)
                .agg(
                        first(FunnelStep.SEEN).as("seen"),
                        first(FunnelStep.IN_CART).as("in_cart"),
                        first(FunnelStep.BOUGHT).as("bought"),
                        min(when(col(PLATFORM).isNotNull(), struct(col(PLACE), col(PLATFORM))))
                                .as("first"),
                        min(PLATFORM).as("least_platform"),
                        max(PLATFORM).as("greatest_platform"),
                        max(col(INSTANT).isNotNull()).as("is_counted"))
                .select(
                        col(SESSION),
                        col("first"),
                        col("least_platform"),
                        col("greatest_platform"),
                        col("is_counted"),
                        when(isBoughtWithoutCart, Found.Funnel.BOUGHT_WITHOUT_CART.name())
                                .when(isCartUnseen, Found.Funnel.CART_UNSEEN.name())
                                .otherwise(Found.Funnel.IN_ORDER.name())
                                .as("funnel"),
                        when(isBoughtWithoutCart, col("bought.place"))
                                .when(isCartUnseen, col("in_cart.place"))
                                .as("failing_place"));
    }

    private static Column first(FunnelStep step) {
        Column isStep = col(STEP).equalTo(step.name()).and(col(INSTANT).isNotNull());
        return min(when(isStep, struct(col(INSTANT), col(PLACE))));
    }

    /** A place to the partition of its piece. */
    private static final class ByPiece extends Partitioner {
        @Serial
        private static final long serialVersionUID = 1;

        private final int pieces;

        ByPiece(int pieces) {
            this.pieces = pieces;
        }

        @Override
        public int numPartitions() {
            return pieces;
        }

        @Override
        public int getPartition(Object place) {
            return Place.part((Long) place);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByPiece same && same.pieces == pieces;
        }

        @Override
        public int hashCode() {
            return pieces;
        }
    }
}
