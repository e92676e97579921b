package dev.jangbu.spark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanFileReaderTest {
    private static final List<String> COLUMNS = List.of("c", "a");

    @TempDir
    Path folder;

    @Test
    void columnsAreTakenByTheirNames() throws IOException {
        assertThat(read("a,b,c\n1,2,3\n4,5,6\n", 2)).containsExactly("3|1", "6|4");
    }

    @Test
    void anEmptyFieldIsNullAndAnEmptyTextIsNone() throws IOException {
        assertThat(read("a,b,c\n,,\"\"\n\"\",,\n", 2)).containsExactly("|NULL", "NULL|");
    }

    @Test
    void quotedTextsHoldCommasQuotesAndLineBreaks() throws IOException {
        assertThat(read("a,b,c\n\"1,\n\",\"\"\"\n,\",\"\"\"x\"\"\"\"\"\n\"\"\"\",,가\n", 2))
                .containsExactly("\"x\"\"|1,\n", "가|\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {262_130, 262_139, 262_140, 262_141, 262_142, 262_143, 262_144, 262_145, 524_288, 3_000_000})
    void aRowMayLieAcrossBuffersAndBeLongerThanOne(int length) throws IOException {
        String text = "x".repeat(length);
        assertThat(read("a,b,c\n1,\"\"\"\n\"," + text + "\n\"" + text + "\"\"\",2,3\n", 2))
                .containsExactly(text + "|1", "3|" + text + "\"");
    }

    @Test
    void aFileWithoutRowsHasNone() throws IOException {
        assertThat(read("a,b,c\n", 0)).isEmpty();
    }

    @Test
    void whatIsNotAsTheManifestSaysIsRefused() {
        assertRefused("a,b,c\n1,2,3\n", 2, "1 rows (expected: 2, as its manifest says)");
        assertRefused("a,b,c\n1,2,3\n4,5", 1, "ends within row 2");
        assertRefused("a,b,c\n1,2,\"3\n", 1, "ends within row 1");
        assertRefused("a,b,c\n1,2\n", 1, "row 1 has 2 columns (expected: 3)");
        assertRefused("a,b,c\n1,2,3,4\n", 1, "row 1 has 4 columns (expected: 3)");
        assertRefused("a,b\n1,2\n", 1, "columns [a, b] (expected: among them [c, a])");
        assertRefused("", 0, "columns [] (expected: among them [c, a])");
    }

    private void assertRefused(String text, long rows, String found) {
        assertThatThrownBy(() -> read(text, rows))
                .isInstanceOf(JobFailure.class)
                .hasMessage(file().toUri() + ": " + found + "; run transform-job again");
    }

    private List<String> read(String text, long rows) throws IOException {
        Files.writeString(file(), text);
        CleanFile file = CleanFile.parse(
                        CleanFile.text(List.of(new CleanFile(file().toUri().toString(), rows))))
                .get(0);
        List<String> read = new ArrayList<>();
        try (CleanFileReader reader = CleanFileReader.open(
                file, COLUMNS, new SerializableConfiguration(new Configuration()), "run transform-job again")) {
            while (reader.next()) {
                InternalRow row = reader.get();
                read.add(text(row, 0) + "|" + text(row, 1));
            }
        }
        return read;
    }

    private Path file() {
        return folder.resolve("part 0.csv");
    }

    private static String text(InternalRow row, int column) {
        return row.isNullAt(column) ? "NULL" : row.getUTF8String(column).toString();
    }
}
