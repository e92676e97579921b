package dev.jangbu.transform.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.reject.RawLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a landing read with its corrections, and without. */
class CorrectedPartTest {
    @TempDir
    private Path folder;

    @Test
    void aCorrectedLineStandsInThePlaceOfTheOneItCorrects() throws IOException {
        LandingPart part = part("a\n\nbad\nc", new Correction(3, sha256("bad"), "r1", "good, and longer"));

        try (PartInput input = new PartInput(part, true)) {
            assertThat(input.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("a\n\ngood, and longer\nc");
            assertThat(input.corrected()).isEqualTo(1);
            assertThat(input.stale()).isZero();
            assertThatCode(input::verify).doesNotThrowAnyException();
        }
    }

    @Test
    void aLastLineWithoutABreakStaysWithoutOne() throws IOException {
        assertThat(read(part("a\nbad", new Correction(2, sha256("bad"), "r1", "b"))))
                .isEqualTo("a\nb");
    }

    @Test
    void theFirstLineIsCorrectedWhateverMarkStandsBeforeIt() throws IOException {
        assertThat(read(part("\uFEFFbad\nb\n", new Correction(1, sha256("bad"), "r1", "a"))))
                .isEqualTo("a\nb\n");
        assertThat(read(part("\uFEFFa\nbad\n", new Correction(2, sha256("bad"), "r1", "b"))))
                .isEqualTo("\uFEFFa\nb\n");
    }

    @Test
    void aCorrectionWhoseLineIsAnotherNowIsCountedAndNotUsed() throws IOException {
        LandingPart part = part(
                "a\nother\nc\n",
                new Correction(2, sha256("bad"), "r1", "b"),
                new Correction(3, sha256("c"), "r1", "C"),
                new Correction(4, sha256("bad"), "r1", "d"),
                new Correction(9, sha256("bad"), "r1", "e"));

        try (PartInput input = new PartInput(part, true)) {
            assertThat(input.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("a\nother\nC\n");
            assertThat(input.corrected()).isEqualTo(1);
            assertThat(input.stale()).isEqualTo(3);
        }
    }

    @Test
    void aLineTooLongToBeARecordIsNeverCorrectedAndComesThroughWhole() throws IOException {
        String tooLong = "x".repeat(3 * Json.LINE_LIMIT);
        LandingPart part = part(
                tooLong + "\nbad\n",
                new Correction(1, sha256(tooLong), "r1", "a"),
                new Correction(2, sha256("bad"), "r1", "b"));

        try (PartInput input = new PartInput(part, true)) {
            assertThat(input.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(tooLong + "\nb\n");
            assertThat(input.stale()).isEqualTo(1);
        }
    }

    @Test
    void theDigestIsThatOfTheBytesOnDisk() throws IOException {
        LandingPart good = part("a\nbad\n", new Correction(2, sha256("bad"), "r1", "b"));
        Files.writeString(good.file(), "A\nbad\n");

        try (PartInput input = new PartInput(good, true)) {
            input.readAllBytes();
            assertThatThrownBy(input::verify).isInstanceOf(JobFailure.class).hasMessageContaining("sha256 ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyPartWithAnyCorrectionsReadsAsItsLinesOneByOneWould(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<Correction> corrections = new ArrayList<>();
        for (int line = 1; line <= 2_000; line++) {
            String raw = random.nextInt(10) == 0 ? "" : "line " + "x".repeat(random.nextInt(200)) + line;
            lines.add(raw);
            boolean isCorrected = !raw.isEmpty() && random.nextInt(4) == 0;
            String corrected = "corrected " + "y".repeat(random.nextInt(90_000 / line));
            expected.add(isCorrected ? corrected : raw);
            if (isCorrected) {
                corrections.add(new Correction(line, sha256(raw), "r1", corrected));
            }
        }
        LandingPart part = part(String.join("\n", lines) + "\n", corrections.toArray(Correction[]::new));

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] some = new byte[20_000];
        try (PartInput input = new PartInput(part, true)) {
            for (int bytes = 0; bytes >= 0; ) {
                read.write(some, 0, bytes);
                bytes = input.read(some, 0, 1 + random.nextInt(some.length));
            }
            input.verify();
            assertThat(input.corrected()).as("seed %d", seed).isEqualTo(corrections.size());
        }

        assertThat(read.toString(StandardCharsets.UTF_8).equals(String.join("\n", expected) + "\n"))
                .as("seed %d", seed)
                .isTrue();
    }

    @Test
    void aPackedPartIsCorrectedByTheNumbersOfItsUnpackedLines() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("a\nbad\n".getBytes(StandardCharsets.UTF_8));
        }
        LandingPart part =
                part("run/part-00000.jsonl.gz", packed.toByteArray(), new Correction(2, sha256("bad"), "r1", "b"));

        assertThat(read(part)).isEqualTo("a\nb\n");
        assertThat(part.key()).isEqualTo("part-00000.jsonl");
    }

    @Test
    void linesAreFetchedByTheirNumberAsTheyLie() throws IOException {
        LandingPart part = part(
                "\uFEFFfirst\n\nthird\n" + "x".repeat(Json.LINE_LIMIT + 1) + "\nfifth",
                new Correction(3, sha256("third"), "r1", "corrected"));

        try (LandingLines lines = new LandingLines(part)) {
            assertThat(text(lines, 1)).isEqualTo("first");
            assertThat(text(lines, 3)).isEqualTo("third");
            assertThat(text(lines, 4)).isEqualTo("too long");
            assertThat(text(lines, 5)).isEqualTo("fifth");
            assertThat(lines.read(6)).isNull();
        }
    }

    @Test
    void whatIsNoFileOfCorrectionsIsRefusedByName() throws IOException {
        for (String content : List.of(
                """
                {"line":2,"raw_sha256":"a","run_id":"r","corrected":"b"}
                {"line":2,"raw_sha256":"a","run_id":"r","corrected":"b"}
                """,
                "{\"line\":0,\"raw_sha256\":\"a\",\"run_id\":\"r\",\"corrected\":\"b\"}\n",
                "{\"line\":1,\"raw_sha256\":\"a\",\"run_id\":\"r\",\"corrected\":\" \"}\n",
                "{\"line\":1,",
                "[1]")) {
            Path file = Files.writeString(folder.resolve("corrections"), content);
            assertThatThrownBy(() -> {
                        try (CorrectionReader reader = new CorrectionReader(file)) {
                            while (reader.next() != null) {
                                // Until it is refused.
                            }
                        }
                    })
                    .as(content)
                    .isInstanceOf(JobFailure.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageContaining("(expected: corrections in the order of their lines)");
        }
    }

    private static String text(LandingLines lines, long number) {
        LandingLine line = Objects.requireNonNull(lines.read(number));
        return line.isWhole() ? new String(line.bytes(), StandardCharsets.UTF_8) : "too long";
    }

    private static String read(LandingPart part) throws IOException {
        try (PartInput input = new PartInput(part, true)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private LandingPart part(String content, Correction... corrections) throws IOException {
        return part("run/part-00000.jsonl", content.getBytes(StandardCharsets.UTF_8), corrections);
    }

    private LandingPart part(String name, byte[] content, Correction... corrections) throws IOException {
        Path file = Files.write(folder.resolve("part"), content);
        Path overlay = folder.resolve(CorrectionSet.fileName("part"));
        try (CorrectionWriter writer = new CorrectionWriter(overlay)) {
            for (Correction correction : corrections) {
                writer.write(correction);
            }
            writer.finish();
        }
        return new LandingPart(name, file, hex(content), new PartCorrections(overlay, corrections.length));
    }

    private static String sha256(String line) {
        return hex(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(RawLine.newDigest().digest(bytes));
    }
}
