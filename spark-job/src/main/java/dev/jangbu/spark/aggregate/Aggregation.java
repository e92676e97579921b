package dev.jangbu.spark.aggregate;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One table computed from a day's events, or from another such table: a pure function. */
interface Aggregation {
    /** The input of most: a day's events, as {@link dev.jangbu.spark.events.CleanEvents} has them. */
    String EVENTS = "events";

    /** The table's name. */
    String name();

    /** {@link #EVENTS}, or the name of the aggregation whose rows these are computed from. */
    default String input() {
        return EVENTS;
    }

    Dataset<Row> of(Dataset<Row> input);

    /** In which order a file has its rows, where the table is short enough for one file; none where it may be long. */
    default Column[] order() {
        return new Column[0];
    }
}
