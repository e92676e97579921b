package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
    @TempDir
    private Path folder;

    @Test
    void linesLongerThanTheMemoryForThemAreSearchedWhole() throws IOException {
        byte[] long1 = new byte[9 << 20];
        java.util.Arrays.fill(long1, (byte) 'x');
        byte[] id = " U000123 ".getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {(1 << 22) - 4, (1 << 22) + 1, (9 << 20) - 9}) {
            byte[] line = long1.clone();
            System.arraycopy(id, 0, line, piece, id.length);
            Path file = folder.resolve("long.jsonl");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write("first\n".getBytes(StandardCharsets.UTF_8));
                out.write(line);
                out.write("\nlast".getBytes(StandardCharsets.UTF_8));
            }
            Set<Long> found = new TreeSet<>();
            Set<Long> seen = new TreeSet<>();
            Lines.read(file, (number, bytes, from, length) -> {
                seen.add(number);
                if (Subject.parse("U000123").isIn(bytes, from, length)) {
                    found.add(number);
                }
            });
            assertThat(found).as("at %d", piece).containsExactly(2L);
            assertThat(seen).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void anEmptyLineTakesThePlaceOfEachThatGoes() throws IOException {
        Path packed = folder.resolve("part.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("one\n\ntwo\nthree\nfour".getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        Lines.copyBlanked(packed, Set.of(1L, 4L, 5L), left);

        assertThat(left.toString(StandardCharsets.UTF_8)).isEqualTo("\n\ntwo\n\n");
    }

    @Test
    void aRecordOfACleanFileMayHoldLineBreaks() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "h1,h2\n1,\"a\n\"\"b\"\n2,c");
        List<String> records = new ArrayList<>();
        CsvRecords.read(file, record -> records.add(new String(record, StandardCharsets.UTF_8)));

        assertThat(records).containsExactly("h1,h2\n", "1,\"a\n\"\"b\"\n", "2,c");
        assertThat(CsvRecords.field("1,c\n".getBytes(StandardCharsets.UTF_8), 1))
                .isEqualTo("c");
        assertThat(CsvRecords.field("1,c\n".getBytes(StandardCharsets.UTF_8), 7))
                .isEmpty();
    }

    @Test
    void countsOfWhatIsLeftAddUp() {
        Map<String, Long> before = Map.of("lines", 10L, "rejected", 3L, "rejected.a", 2L, "rejected.b", 1L);

        assertThat(CleanCounts.without(before, 7, 2, Map.of("a", 1L, "b", 1L)))
                .isEqualTo(Map.of("lines", 6L, "rejected", 1L, "rejected.a", 1L, "erased", 4L));
        assertThat(CleanCounts.without(before, 7, 0, Map.of())).isEqualTo(before);
    }
}
