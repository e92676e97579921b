package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/**
 * Files of a day that no state of the table names: what killed runs left. Only for who holds the day, which has no other
 * writer; one that was taken over may still write files, and is refused their commit.
 */
final class Orphans {
    private final Table table;
    private final Configuration configuration;

    Orphans(Table table, Configuration configuration) {
        this.table = table;
        this.configuration = configuration;
    }

    /** Removes those of a day; returns how many there were. */
    int remove(LocalDate day) {
        Path folder = new Path(table.location() + "/data/" + EventsTable.DAY + "=" + day);
        try {
            FileSystem files = folder.getFileSystem(configuration);
            Set<String> known = known(day, files);
            int removed = 0;
            for (Path file : files(files, folder)) {
                if (!known.contains(file.toString())) {
                    files.delete(file, false);
                    removed++;
                }
            }
            return removed;
        } catch (IOException failure) {
            throw new JobFailure(ExitCode.FAILED, "cannot tidy " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private static List<Path> files(FileSystem files, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> listed = files.listFiles(folder, true);
            while (listed.hasNext()) {
                found.add(listed.next().getPath());
            }
        } catch (FileNotFoundException notYetMade) {
            return found;
        }
        return found;
    }

    /** In the words of the file system, for what lies there to be found among them. */
    private Set<String> known(LocalDate day, FileSystem files) throws IOException {
        Set<String> known = new HashSet<>();
        Set<String> read = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                if (read.add(manifest.path())) {
                    addOf(manifest, day, files, known);
                }
            }
        }
        return known;
    }

    private void addOf(ManifestFile manifest, LocalDate day, FileSystem files, Set<String> known) throws IOException {
        try (ManifestReader<DataFile> reader = ManifestFiles.read(manifest, table.io(), table.specs())
                .filterPartitions(Expressions.equal(EventsTable.DAY, day.toString()))) {
            for (DataFile file : reader) {
                known.add(files.makeQualified(new Path(file.location())).toString());
            }
        }
    }
}
