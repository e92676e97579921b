package dev.jangbu.spark.events;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * A clean file that is read by one core: extract-job writes parts of 64 MiB, and a clean file is of one part.
 *
 * @param rows as the manifest has it
 */
record CleanFile(String url, long rows) implements InputPartition {
    private static final String BETWEEN = " ";

    /** As an option's value. */
    static String text(List<CleanFile> files) {
        return files.stream().map(file -> file.rows + BETWEEN + file.url).collect(Collectors.joining("\n"));
    }

    static List<CleanFile> parse(String text) {
        return text.lines()
                .map(line -> line.split(BETWEEN, 2))
                .map(part -> new CleanFile(part[1], Long.parseLong(part[0])))
                .toList();
    }
}
