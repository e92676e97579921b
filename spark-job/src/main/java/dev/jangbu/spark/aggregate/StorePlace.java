package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.store.Store;
import dev.jangbu.spark.store.StoreFailure;
import dev.jangbu.spark.store.StoredDay;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The day's folder of a store, which the executors write to. What they write counts for nothing before the manifest names
 * it, so that no step but the last has to be one.
 */
final class StorePlace implements TablePlace {
    private final RunContext context;
    private final DataSource database;
    private final StoredDay day;

    StorePlace(RunContext context, DataSource database, Store store) {
        this.context = context;
        this.database = database;
        this.day = store.day("aggregates", context.dataset(), context.businessDate());
    }

    @Override
    public Work begin() {
        day.removeHalfWritten();
        return new StoreWork(day, context.runId());
    }

    /** While the token is held: a run that was taken over publishes nothing. */
    @Override
    public void publish(Manifest manifest) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                context.fence().check(connection);
                day.publish(manifest);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        day.removeOtherRuns(manifest.runId());
    }

    private record StoreWork(StoredDay day, String runId) implements Work {
        @Override
        public String url(String name) {
            return day.workUrl(runId) + "/" + name;
        }

        @Override
        public List<Manifest.Entry> finish() {
            try {
                FileSystem files = day.store().files();
                List<Manifest.Entry> entries = new ArrayList<>();
                for (Path table : children(files, new Path(day.workUrl(runId)))) {
                    for (String folder : TableName.folders(table.getName())) {
                        entries.addAll(movedTo(files, table, folder));
                    }
                }
                return List.copyOf(entries);
            } catch (IOException failure) {
                throw StoreFailure.of("cannot write", day.url(), failure);
            }
        }

        @Override
        public void close() {
            try {
                day.store().files().delete(new Path(day.workUrl(runId)), true);
            } catch (IOException failure) {
                throw StoreFailure.of("cannot tidy", day.workUrl(runId), failure);
            }
        }

        private List<Manifest.Entry> movedTo(FileSystem files, Path table, String name) throws IOException {
            List<Manifest.Entry> entries = new ArrayList<>();
            String folder = runId + "/" + name;
            files.mkdirs(new Path(day.url(), folder));
            for (Path part : children(files, table)) {
                if (TableName.isPart(part.getName(), name)) {
                    String path = folder + "/" + TableName.part(name, entries.size());
                    entries.add(moved(files, part, path));
                }
            }
            return entries;
        }

        private Manifest.Entry moved(FileSystem files, Path part, String path) throws IOException {
            Path target = new Path(day.url(), path);
            if (!files.rename(part, target)) {
                throw new IOException("could not be renamed to " + target);
            }
            return WrittenTable.entry(files, target, path);
        }

        private static List<Path> children(FileSystem files, Path folder) throws IOException {
            return Arrays.stream(files.listStatus(folder))
                    .map(FileStatus::getPath)
                    .sorted()
                    .toList();
        }
    }
}
