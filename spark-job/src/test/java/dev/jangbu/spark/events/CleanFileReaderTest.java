package dev.jangbu.spark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanFileReaderTest {
    private static final StructType COLUMNS =
            new StructType().add("c", DataTypes.StringType).add("a", DataTypes.StringType);
    private static final StructType MOMENTS =
            new StructType().add("c", DataTypes.TimestampType).add("a", DataTypes.StringType);

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-15T00:30:00.123456Z",
                "2024-02-29T23:59:59.999999Z",
                "1969-12-31T23:59:59.999999Z",
                "2026-01-15T00:30:00Z",
                "2026-01-15T00:30:00.5Z"
            })
    void aMomentIsReadInMicroseconds(String moment) throws IOException {
        assertThat(read("a,b,c\n1,2," + moment + "\n3,4,\n5,6,\"" + moment + "\"\n", 3, MOMENTS))
                .containsExactly(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(moment)) + "|1",
                        "NULL|3",
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(moment)) + "|5");
    }

    @Test
    void aMomentMayLieAcrossBuffers() throws IOException {
        for (int length = 262_100; length < 262_150; length++) {
            String text = "x".repeat(length);
            assertThat(read("a,b,c\n" + text + ",2,1970-01-01T00:00:01.000002Z\n", 1, MOMENTS))
                    .containsExactly("1000002|" + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:30:00.123456Z",
                "2026-01-15T24:30:00.123456Z",
                "2026-01-15T23:60:00.123456Z",
                "2026-01-15T23:59:60.123456Z",
                "2026-01-15 00:30:00.123456Z",
                "0000-00-00T00:00:00.000000Z",
                "soon"
            })
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> read("a,b,c\n1,2," + text + "\n", 1, MOMENTS))
                .isInstanceOf(JobFailure.class)
                .hasMessage(file().toUri() + ": row 1: \"" + text
                        + "\" (expected: a moment such as 2026-01-15T00:30:00.123456Z); run transform-job again");
    }

    private void assertRefused(String text, long rows, String found) {
        assertThatThrownBy(() -> read(text, rows))
                .isInstanceOf(JobFailure.class)
                .hasMessage(file().toUri() + ": " + found + "; run transform-job again");
    }

    private List<String> read(String text, long rows) throws IOException {
        return read(text, rows, COLUMNS);
    }

    private List<String> read(String text, long rows, StructType columns) throws IOException {
        Files.writeString(file(), text);
        CleanFile file = CleanFile.parse(
                        CleanFile.text(List.of(new CleanFile(file().toUri().toString(), rows))))
                .get(0);
        List<String> read = new ArrayList<>();
        try (CleanFileReader reader = CleanFileReader.open(
                file, columns, new SerializableConfiguration(new Configuration()), "run transform-job again")) {
            while (reader.next()) {
                InternalRow row = reader.get();
                read.add((columns.equals(MOMENTS) && !row.isNullAt(0) ? String.valueOf(row.getLong(0)) : text(row, 0))
                        + "|" + text(row, 1));
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
