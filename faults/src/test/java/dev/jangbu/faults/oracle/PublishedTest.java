package dev.jangbu.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedTest {
    @TempDir
    private Path folder;

    @Test
    void equalFilesDoNotDiffer() throws IOException, NoSuchAlgorithmException {
        assertThat(day("one", "a\nb\n").compare(day("two", "a\nb\n"))).isEqualTo(Difference.NONE);
    }

    @Test
    void linesThatAreGoneAreLostAndLinesThereTwiceAreDoubled() throws IOException, NoSuchAlgorithmException {
        assertThat(day("one", "a\na\nc\n").compare(day("two", "a\nb\nc\nd\n"))).isEqualTo(new Difference(2, 1));
    }

    @Test
    void aFolderWithoutManifestPublishesNothing() throws IOException {
        assertThat(Published.in(folder)).isEmpty();
    }

    @Test
    void bytesThatAreNotThoseOfTheManifestAreAFault() throws IOException, NoSuchAlgorithmException {
        day("one", "a\n");
        Path part = folder.resolve("one/part-00000.jsonl");
        Files.writeString(part, "b\n");

        assertThat(Published.in(folder.resolve("one")).orElseThrow().faults())
                .containsExactly(part + ": not the bytes the manifest names");
    }

    @Test
    void aFileThatIsMissingIsAFault() throws IOException, NoSuchAlgorithmException {
        day("one", "a\n");
        Path part = folder.resolve("one/part-00000.jsonl");
        Files.delete(part);

        assertThat(Published.in(folder.resolve("one")).orElseThrow().faults())
                .containsExactly(part + ": missing, though the manifest names it");
    }

    private Published day(String name, String lines) throws IOException, NoSuchAlgorithmException {
        Path day = Files.createDirectories(folder.resolve(name));
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.write(day.resolve("part-00000.jsonl"), bytes);
        Files.writeString(
                day.resolve("manifest.json"),
                "{\"files\":[{\"path\":\"part-00000.jsonl\",\"sha256\":\"" + sha256 + "\"}]}");
        return Published.in(day).orElseThrow();
    }
}
