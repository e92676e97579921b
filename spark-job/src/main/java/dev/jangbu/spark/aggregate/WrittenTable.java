package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.CheckedFiles;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** A file Spark wrote, as a manifest tells of it. */
final class WrittenTable {
    private static final int BUFFER = 1 << 16;

    private WrittenTable() {}

    /** @param path as the manifest is to name it */
    static Manifest.Entry entry(FileSystem files, Path file, String path) throws IOException {
        try (InputStream bytes = files.open(file)) {
            return new Manifest.Entry(
                    path, rows(files, file), files.getFileStatus(file).getLen(), CheckedFiles.digest(bytes));
        }
    }

    private static long rows(FileSystem files, Path file) throws IOException {
        if (file.getName().endsWith(TableName.CSV)) {
            try (InputStream bytes = files.open(file)) {
                return rowsOfCsv(bytes);
            }
        }
        HadoopInputFile parquet = HadoopInputFile.fromStatus(files.getFileStatus(file), files.getConf());
        try (ParquetFileReader footer = ParquetFileReader.open(parquet)) {
            return footer.getRecordCount();
        }
    }

    /** Lines but for the header's; a line break inside quotes ends none. */
    private static long rowsOfCsv(InputStream bytes) throws IOException {
        long lines = 0;
        boolean isQuoted = false;
        byte[] buffer = new byte[BUFFER];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            for (int at = 0; at < read; at++) {
                isQuoted ^= buffer[at] == '"';
                lines += buffer[at] == '\n' && !isQuoted ? 1 : 0;
            }
        }
        return Math.max(0, lines - 1);
    }
}
