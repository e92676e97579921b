package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.WorkFolder;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The day's folder of the workspace. */
final class WorkspacePlace implements TablePlace {
    private final RunContext context;
    private final DataSource database;
    private final DayFolder folder;

    WorkspacePlace(RunContext context, DataSource database) {
        this.context = context;
        this.database = database;
        this.folder = folder(context.workspace(), context.dataset(), context.businessDate());
    }

    /** Where a day's tables lie. */
    static DayFolder folder(Workspace workspace, String dataset, LocalDate day) {
        return workspace.aggregates(dataset, AggregateCommand.SLICE, day);
    }

    @Override
    public Work begin() {
        try {
            Files.createDirectories(folder.path());
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", folder.path(), failure);
        }
        folder.removeHalfWritten();
        return new FolderWork(folder, context.runId(), WorkFolder.make(folder.workFolder(context.runId())));
    }

    @Override
    public void publish(Manifest manifest) throws SQLException {
        try (Connection connection = database.getConnection()) {
            context.publish(connection, folder, manifest);
        }
        folder.removeOtherRuns();
    }

    private record FolderWork(DayFolder folder, String runId, WorkFolder work) implements Work {
        @Override
        public String url(String name) {
            return work.path().resolve(name).toUri().toString();
        }

        @Override
        public List<Manifest.Entry> finish() {
            Path run = folder.newRunFolder(runId);
            List<Manifest.Entry> entries = new ArrayList<>();
            try {
                for (Path table : children(work.path())) {
                    for (String folder : TableName.folders(table.getFileName().toString())) {
                        entries.addAll(moved(table, Files.createDirectory(run.resolve(folder))));
                    }
                }
                AtomicFiles.syncFolder(run);
                AtomicFiles.syncFolder(folder.path());
            } catch (IOException failure) {
                throw StorageFailure.of("cannot write", run, failure);
            }
            return List.copyOf(entries);
        }

        @Override
        public void close() {
            work.close();
        }

        private List<Manifest.Entry> moved(Path table, Path target) throws IOException {
            List<Manifest.Entry> entries = new ArrayList<>();
            String name = target.getFileName().toString();
            for (Path part : children(table)) {
                if (TableName.isPart(part.getFileName().toString(), name)) {
                    Path file = Files.move(part, target.resolve(TableName.part(name, entries.size())));
                    force(file);
                    entries.add(WrittenTable.entry(
                            FileSystem.getLocal(new Configuration()).getRaw(),
                            new org.apache.hadoop.fs.Path(file.toUri()),
                            runId + "/" + name + "/" + file.getFileName()));
                }
            }
            AtomicFiles.syncFolder(target);
            return entries;
        }

        private static void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        private static List<Path> children(Path folder) throws IOException {
            try (Stream<Path> children = Files.list(folder)) {
                return children.sorted().toList();
            }
        }
    }
}
