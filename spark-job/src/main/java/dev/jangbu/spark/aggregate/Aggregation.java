package dev.jangbu.spark.aggregate;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One table computed from what a day's sessions did: a pure function. */
interface Aggregation {
    /** The table's name. */
    String name();

    /** @param facts of {@link SessionFacts} */
    Dataset<Row> of(Dataset<Row> facts);

    /** In which order a file has its rows, where the table is short enough for one file; none where it may be long. */
    default Column[] order() {
        return new Column[0];
    }
}
