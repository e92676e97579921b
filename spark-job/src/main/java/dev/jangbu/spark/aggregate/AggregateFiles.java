package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.workspace.Manifest;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A day's tables as files: {@code <run>/<table>/part-00000.parquet} and {@code <run>/<table>.csv/part-00000.csv}. Spark
 * writes into a work folder, in its own way; only what is finished comes into the run's folder.
 */
final class AggregateFiles implements AutoCloseable {
    private final TablePlace.Work work;

    AggregateFiles(TablePlace.Work work) {
        this.work = work;
    }

    /** Writes a table, as Parquet and as CSV. */
    void write(Aggregation aggregation, Dataset<Row> rows) {
        Column[] order = aggregation.order();
        Dataset<Row> ordered = order.length == 0 ? rows : rows.coalesce(1).sortWithinPartitions(order);
        ordered.write()
                .format(TableFormat.class.getName())
                .option("header", true)
                .option("escape", "\"")
                .save(work.url(aggregation.name()));
    }

    List<Manifest.Entry> finish() {
        return work.finish();
    }

    /** Rows of a table, by its Parquet files. */
    static long rowsOf(String table, List<Manifest.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.path().contains("/" + table + "/"))
                .mapToLong(Manifest.Entry::rows)
                .sum();
    }

    @Override
    public void close() {
        work.close();
    }
}
