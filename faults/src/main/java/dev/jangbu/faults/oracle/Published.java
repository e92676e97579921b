package dev.jangbu.faults.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files a day's manifest names, as they are on the disk.
 *
 * @param faults where a file is not what the manifest says of it
 */
public record Published(List<Part> parts, List<String> faults) {
    private static final int BUFFER_BYTES = 1 << 18;

    /** A file that was published; {@code sha256} is of what lies there. */
    public record Part(Path file, String sha256) {}

    public Published {
        parts = List.copyOf(parts);
        faults = List.copyOf(faults);
    }

    /**
     * Empty where there is no manifest.
     *
     * @param day such as {@code landing/events/2026-01-15}
     */
    public static Optional<Published> in(Path day) throws IOException {
        Path manifest = day.resolve("manifest.json");
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        JsonNode files =
                JsonMapper.shared().readTree(Files.readAllBytes(manifest)).get("files");
        for (JsonNode entry : files) {
            Path file = day.resolve(entry.get("path").stringValue());
            if (!Files.exists(file)) {
                faults.add(file + ": missing, though the manifest names it");
                continue;
            }
            String sha256 = digest(file);
            if (!sha256.equals(entry.get("sha256").stringValue())) {
                faults.add(file + ": not the bytes the manifest names");
            }
            parts.add(new Part(file, sha256));
        }
        return Optional.of(new Published(parts, faults));
    }

    /**
     * Copies a folder's manifest and the files it names.
     *
     * @param to an empty folder; returned
     */
    static Path copy(Path folder, Path to) throws IOException {
        for (Part part : in(folder).orElseThrow().parts()) {
            Path target = to.resolve(folder.relativize(part.file()));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(part.file(), target);
        }
        Files.copy(folder.resolve("manifest.json"), to.resolve("manifest.json"));
        return to;
    }

    /** How these files differ, line by line, from what they should be. */
    public Difference compare(Published expected) throws IOException {
        if (digests().equals(expected.digests())) {
            return Difference.NONE;
        }
        Map<String, Integer> balance = new HashMap<>();
        for (Part part : expected.parts) {
            count(part.file(), 1, balance);
        }
        for (Part part : parts) {
            count(part.file(), -1, balance);
        }
        long lost =
                balance.values().stream().filter(n -> n > 0).mapToLong(n -> n).sum();
        long doubled =
                -balance.values().stream().filter(n -> n < 0).mapToLong(n -> n).sum();
        return new Difference(lost, doubled);
    }

    private List<String> digests() {
        return parts.stream().map(Part::sha256).toList();
    }

    private static void count(Path file, int by, Map<String, Integer> balance) throws IOException {
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            balance.merge(line, by, Integer::sum);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = 0;
            while (read >= 0) {
                read = digest.read(buffer);
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
