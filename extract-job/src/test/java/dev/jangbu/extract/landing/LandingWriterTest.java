package dev.jangbu.extract.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.workspace.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingWriterTest {
    @TempDir
    Path folder;

    @Test
    void partsAreSplitAtALinesEndAndCountedAsTheyLie() throws Exception {
        try (LandingWriter landing = writer(new LandingFormat(false, 10))) {
            for (String line : List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":3}")) {
                landing.line(line.getBytes(UTF_8));
            }

            assertThat(landing.finish())
                    .containsExactly(
                            entry("part-00000.jsonl", "{\"a\":1}\n{\"a\":2}\n", 2),
                            entry("part-00001.jsonl", "{\"a\":3}\n", 1));
        }
        assertThat(names()).containsExactly("part-00000.jsonl", "part-00001.jsonl");
    }

    @Test
    void noLineIsNoPart() throws IOException {
        try (LandingWriter landing = writer(LandingFormat.plain())) {
            assertThat(landing.finish()).isEmpty();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aPartHasItsNameOnlyOnceItIsWhole() throws IOException {
        LandingWriter landing = writer(LandingFormat.plain());
        landing.line("{}".getBytes(UTF_8));

        assertThat(names()).containsExactly("part-00000.jsonl.tmp");
        landing.close();
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"a\\nb\\n | 2", "a\\nb | 2", "a\\r\\n\\r\\nb\\r\\n | 2", "\\n\\n | 0", "\\t\\n a | 1", "\\\\. | 1"
            })
    void copiedLinesAreCountedWithoutTheBlankOnes(String escaped, long rows) throws IOException {
        byte[] lines = escaped.translateEscapes().getBytes(UTF_8);

        assertThat(copy(lines, LandingFormat.plain())).isEqualTo(rows);
        assertThat(Files.readAllBytes(folder.resolve("part-00000.jsonl"))).isEqualTo(lines);
    }

    @Test
    void anyBytesAreCopiedAsTheyAre() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at += 1 + random.nextInt(200)) {
                bytes[at] = '\n';
            }
            Path own = Files.createDirectories(folder.resolve("seed-" + seed));
            List<Manifest.Entry> parts;
            try (LandingWriter landing = new LandingWriter(own, new LandingFormat(false, 700), Progress.none())) {
                landing.copy(new ByteArrayInputStream(bytes));
                parts = landing.finish();
            }

            assertThat(joined(parts)).as("seed %d", seed).isEqualTo(bytes);
            for (Manifest.Entry part : parts.subList(0, Math.max(0, parts.size() - 1))) {
                byte[] content = Files.readAllBytes(folder.resolve(part.path()));
                assertThat(content[content.length - 1]).as("seed %d", seed).isEqualTo((byte) '\n');
            }
        }
    }

    @Test
    void aLineLongerThanMemoryPasses() throws IOException {
        long bytes = Runtime.getRuntime().maxMemory() / 4;
        try (LandingWriter landing = writer(LandingFormat.compressed())) {
            landing.copy(new Endless(bytes));

            assertThat(landing.finish()).singleElement().satisfies(part -> assertThat(part.rows())
                    .isEqualTo(1));
        }
    }

    @Test
    void eachFileBeginsAPartSoThatNoLinesAreGluedTogether() throws IOException {
        try (LandingWriter landing = writer(LandingFormat.plain())) {
            landing.line("first".getBytes(UTF_8));
            landing.copy(new ByteArrayInputStream("second".getBytes(UTF_8)));
            landing.copy(new ByteArrayInputStream("third".getBytes(UTF_8)));
            landing.line("fourth".getBytes(UTF_8));

            assertThat(landing.finish()).extracting(Manifest.Entry::rows).containsExactly(1L, 1L, 1L, 1L);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldInOneLine() {
        LandingWriter landing = new LandingWriter(folder.resolve("gone"), LandingFormat.plain(), Progress.none());

        assertThatThrownBy(() -> landing.line("{}".getBytes(UTF_8)))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("cannot write " + folder.resolve("gone").resolve("part-00000.jsonl"));
    }

    @Test
    void whatWasLeftByAKilledTryIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("part-00000.jsonl.tmp"), "half a li");

        assertThat(copy("{}\n".getBytes(UTF_8), LandingFormat.plain())).isEqualTo(1);
        assertThat(folder.resolve("part-00000.jsonl")).hasContent("{}\n");
    }

    @Test
    void aSideFileIsNoPart() throws IOException {
        try (LandingWriter landing = writer(LandingFormat.plain())) {
            landing.sideFile("defects.json", new byte[] {'1'});

            assertThat(landing.finish()).isEmpty();
        }
        assertThat(names()).containsExactly("defects.json");
    }

    @Test
    void aProgressBarOnATerminalEndsWithTheWriter() throws InterruptedException {
        try (LandingWriter landing = new LandingWriter(folder, LandingFormat.plain(), Progress.shown("test"))) {
            for (int line = 0; line < 5_000; line++) {
                landing.line("{}".getBytes(UTF_8));
            }
            assertThat(landing.finish()).hasSize(1);
        }
        // A thread that was told to end is there for a moment more.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("landing-sync")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private long copy(byte[] lines, LandingFormat format) throws IOException {
        try (LandingWriter landing = writer(format)) {
            landing.copy(new ByteArrayInputStream(lines));
            return landing.finish().stream().mapToLong(Manifest.Entry::rows).sum();
        }
    }

    private LandingWriter writer(LandingFormat format) {
        return new LandingWriter(folder, format, Progress.none());
    }

    private Manifest.Entry entry(String name, String content, long rows) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
        String path = folder.getFileName() + "/" + name;
        return new Manifest.Entry(path, rows, content.length(), HexFormat.of().formatHex(digest));
    }

    private byte[] joined(List<Manifest.Entry> parts) throws IOException {
        byte[] all = {};
        for (Manifest.Entry part : parts) {
            byte[] content = Files.readAllBytes(folder.resolve(part.path()));
            int before = all.length;
            all = Arrays.copyOf(all, before + content.length);
            System.arraycopy(content, 0, all, before, content.length);
        }
        return all;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** So many letters, and no line break. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(target, from, from + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
