package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.WorkFolder;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A day's tables as files: {@code <run>/<table>/part-00000.parquet} and {@code <run>/<table>.csv/part-00000.csv}. Spark
 * writes into a work folder, in its own way; only what is finished comes into the run's folder.
 */
final class AggregateFiles implements AutoCloseable {
    private static final String PART = "part-";
    private static final String CSV = ".csv";

    private final DayFolder folder;
    private final String runId;
    private final SparkSession spark;
    private final WorkFolder work;

    private AggregateFiles(DayFolder folder, String runId, SparkSession spark, WorkFolder work) {
        this.folder = folder;
        this.runId = runId;
        this.spark = spark;
        this.work = work;
    }

    /** Where a day's tables lie. */
    static DayFolder folder(Workspace workspace, String dataset, LocalDate day) {
        return workspace.aggregates(dataset, AggregateCommand.SLICE, day);
    }

    /** Removes what a killed run left first. */
    static AggregateFiles begin(DayFolder folder, String runId, SparkSession spark) {
        try {
            Files.createDirectories(folder.path());
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", folder.path(), failure);
        }
        folder.removeHalfWritten();
        return new AggregateFiles(folder, runId, spark, WorkFolder.make(folder.workFolder(runId)));
    }

    /** Writes a table as Parquet, and what was written as CSV. Returns it as it lies there: it is not computed again. */
    Dataset<Row> write(Aggregation aggregation, Dataset<Row> rows) {
        Column[] order = aggregation.order();
        Dataset<Row> ordered = order.length == 0 ? rows : rows.coalesce(1).sortWithinPartitions(order);
        String parquet = place(aggregation.name());
        ordered.write().parquet(parquet);
        Dataset<Row> written = spark.read().schema(rows.schema()).parquet(parquet);
        written.write().option("header", true).option("escape", "\"").csv(place(aggregation.name() + CSV));
        return written;
    }

    /** Moves what was written into the run's folder, durable; its entries are ready for the manifest. */
    List<Manifest.Entry> finish() {
        Path run = folder.newRunFolder(runId);
        List<Manifest.Entry> entries = new ArrayList<>();
        try {
            for (Path table : children(work.path())) {
                Path target = Files.createDirectory(run.resolve(table.getFileName()));
                for (Path part : parts(table)) {
                    entries.add(moved(part, target, entries));
                }
                AtomicFiles.syncFolder(target);
            }
            AtomicFiles.syncFolder(run);
            AtomicFiles.syncFolder(folder.path());
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", run, failure);
        }
        return List.copyOf(entries);
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

    private Manifest.Entry moved(Path part, Path target, List<Manifest.Entry> before) throws IOException {
        String folderName = target.getFileName().toString();
        String extension = folderName.endsWith(CSV) ? CSV : ".parquet";
        long number = before.stream()
                .filter(entry -> entry.path().contains("/" + folderName + "/"))
                .count();
        Path file = Files.move(part, target.resolve(PART + String.format(Locale.ROOT, "%05d", number) + extension));
        return WrittenTable.of(file).entry(runId + "/" + folderName + "/" + file.getFileName());
    }

    private String place(String name) {
        return work.path().resolve(name).toUri().toString();
    }

    private static List<Path> parts(Path table) throws IOException {
        return children(table).stream()
                .filter(file -> file.getFileName().toString().startsWith(PART))
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
