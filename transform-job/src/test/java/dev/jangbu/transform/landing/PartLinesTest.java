package dev.jangbu.transform.landing;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLinesTest {
    @TempDir
    private Path folder;

    @Test
    void blankLinesAreCountedAndNotTold() throws Exception {
        assertThat(read("a\n \t\r\n\nb\r\nc")).containsExactly("1 a", "4 b\r", "5 c");
    }

    @Test
    void partWithoutLinesHasNone() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n")).isEmpty();
    }

    @Test
    void longestLineIsHeldAndALongerOneIsNot() throws Exception {
        String longest = "x".repeat(Json.LINE_LIMIT);
        assertThat(read(longest + "\ny\n")).containsExactly("1 " + longest, "2 y");
        String tooLong = longest + "z";
        String told = " " + tooLong.length() + " bytes " + sha256(tooLong) + " head " + RawLine.HEAD_LIMIT;
        assertThat(read(tooLong + "\n\ny" + "\n" + tooLong)).containsExactly("1" + told, "3 y", "4" + told);
        String farTooLong = longest.repeat(3);
        assertThat(read(farTooLong + "\ny"))
                .containsExactly(
                        "1 " + farTooLong.length() + " bytes " + sha256(farTooLong) + " head " + RawLine.HEAD_LIMIT,
                        "2 y");
    }

    @Test
    void stretchesOfAPartAreItsLinesUnderTheirNumbers() throws Exception {
        String content = "first\n\nthird\nfourth";
        assertThat(stretch("part-00000.jsonl", content.getBytes(StandardCharsets.UTF_8), 0, 7, 0))
                .containsExactly("1 first");
        assertThat(stretch("part-00000.jsonl", content.getBytes(StandardCharsets.UTF_8), 7, Long.MAX_VALUE, 2))
                .containsExactly("3 third", "4 fourth");
        assertThat(stretch("part-00000.jsonl.gz", packed(content), 7, 6, 2)).containsExactly("3 third");
    }

    private List<String> stretch(String name, byte[] content, long from, long length, long linesBefore)
            throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        try (PartLines lines = PartLines.stretch(new LandingPart(name, file, "none"), from, length, linesBefore)) {
            return read(lines);
        }
    }

    private static byte[] packed(String content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private List<String> read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("part-00000.jsonl"), content);
        try (PartLines lines = new PartLines(new LandingPart("part-00000.jsonl", file, sha256(content)))) {
            return read(lines);
        }
    }

    private static List<String> read(PartLines lines) {
        List<String> read = new ArrayList<>();
        for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
            read.add(line.number() + " " + told(line));
        }
        return read;
    }

    private static String told(PartLines.Line line) {
        RawLine tooLong = line.tooLong();
        return tooLong == null
                ? new String(line.bytes(), StandardCharsets.UTF_8)
                : tooLong.bytes() + " bytes " + tooLong.sha256() + " head " + tooLong.head().length;
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(RawLine.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
