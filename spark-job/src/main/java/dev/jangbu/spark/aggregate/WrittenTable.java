package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.CheckedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** A file Spark wrote, whole and durable. */
record WrittenTable(Path file, long rows) {
    private static final String CSV = ".csv";
    private static final int BUFFER = 1 << 16;

    static WrittenTable of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new WrittenTable(file, file.toString().endsWith(CSV) ? rowsOfCsv(file) : rowsOfParquet(file));
    }

    Manifest.Entry entry(String path) throws IOException {
        return new Manifest.Entry(path, rows, Files.size(file), CheckedFiles.digest(file));
    }

    /** Lines but for the header's; a line break inside quotes ends none. */
    private static long rowsOfCsv(Path file) throws IOException {
        long lines = 0;
        boolean isQuoted = false;
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                for (int at = 0; at < read; at++) {
                    isQuoted ^= buffer[at] == '"';
                    lines += buffer[at] == '\n' && !isQuoted ? 1 : 0;
                }
            }
        }
        return Math.max(0, lines - 1);
    }

    private static long rowsOfParquet(Path file) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
        try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
            return footer.getRecordCount();
        }
    }
}
