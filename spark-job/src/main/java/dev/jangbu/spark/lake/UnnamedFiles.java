package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/**
 * Files below the table that no state of it names, rows and metadata alike: what killed commits left. To be asked only by
 * who has the table alone, since what a commit on its way writes is named when it is done.
 */
final class UnnamedFiles {
    private final Table table;
    private final Configuration configuration;

    UnnamedFiles(Table table, Configuration configuration) {
        this.table = table;
        this.configuration = configuration;
    }

    /** @param before files written after it are left out: a program that knows nothing of our lock may still name them */
    List<Path> writtenBefore(Instant before) {
        Path folder = new Path(table.location());
        try {
            FileSystem files = folder.getFileSystem(configuration);
            Set<String> named = named(files);
            List<Path> found = new ArrayList<>();
            RemoteIterator<LocatedFileStatus> listed = files.listFiles(folder, true);
            while (listed.hasNext()) {
                LocatedFileStatus file = listed.next();
                if (file.getModificationTime() < before.toEpochMilli()
                        && !named.contains(file.getPath().toString())) {
                    found.add(file.getPath());
                }
            }
            return found;
        } catch (FileNotFoundException nothingYet) {
            return List.of();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** Removes those; returns how many there were. */
    int remove(Instant before) {
        List<Path> left = writtenBefore(before);
        try {
            for (Path file : left) {
                file.getFileSystem(configuration).delete(file, false);
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
        return left.size();
    }

    /** In the words of the file system, for what lies there to be found among them. */
    private Set<String> named(FileSystem files) throws IOException {
        TableMetadata current = ((HasTableOperations) table).operations().refresh();
        Set<String> places = new HashSet<>();
        places.add(current.metadataFileLocation());
        current.previousFiles().forEach(file -> places.add(file.file()));
        current.statisticsFiles().forEach(file -> places.add(file.path()));
        current.partitionStatisticsFiles().forEach(file -> places.add(file.path()));
        Set<String> read = new HashSet<>();
        for (Snapshot snapshot : current.snapshots()) {
            places.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (read.add(manifest.path())) {
                    places.add(manifest.path());
                    addFilesOf(manifest, places);
                }
            }
        }
        Set<String> named = new HashSet<>();
        for (String place : places) {
            named.add(files.makeQualified(new Path(place)).toString());
        }
        return named;
    }

    private void addFilesOf(ManifestFile manifest, Set<String> places) throws IOException {
        try (ManifestReader<? extends ContentFile<?>> reader = manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), table.specs())
                : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
            for (ContentFile<?> file : reader) {
                places.add(file.location());
            }
        }
    }

    private JobFailure failed(IOException failure) {
        return new JobFailure(
                ExitCode.FAILED, "cannot tidy " + table.location() + ": " + failure.getMessage(), failure);
    }
}
