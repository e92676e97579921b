package dev.jangbu.endtoend;

import dev.jangbu.kit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Spoils lines of a simulated landing as producers do, and writes its manifest anew, as if it had been extracted so. */
final class PoisonedLanding {
    /** Rules that undo each kind. */
    static final String FIX = """
            why: the app of 15 January wrote platforms in capitals, among other things
            rules:
            - when: {check: required_fields}
              field: $line
              replace: {pattern: '\\uFFFD', with: ''}
            - when: {check: required_fields}
              field: $line
              replace: {pattern: '([^}])$', with: '$1}'}
            - when: {check: required_fields}
              field: uid
              rename: user_id
            - field: platform
              map: {WEB: web, IOS: ios, ANDROID: android}
            - field: timestamp
              replace: {pattern: '^(\\d{4})/(\\d\\d)/', with: '$1-$2-'}
            - when: {check: value_range}
              field: quantity
              map: {-1: 1, -2: 2, -3: 3}
            - when: {check: value_range}
              field: extra_data.products[].quantity
              map: {-1: 1, -2: 2, -3: 3}
            - field: total_amount
              number: true
            - field: device_type
              map: {PC: desktop}
            """;

    private static final List<UnaryOperator<String>> KINDS = List.of(
            line -> line.replace("\"platform\":\"web\"", "\"platform\":\"WEB\"")
                    .replace("\"platform\":\"ios\"", "\"platform\":\"IOS\"")
                    .replace("\"platform\":\"android\"", "\"platform\":\"ANDROID\""),
            line -> line.replace("\"timestamp\":\"2026-01-15", "\"timestamp\":\"2026/01/15"),
            line -> line.endsWith("}}") ? line : line.substring(0, line.length() - 1),
            line -> line.replace("\"user_id\":", "\"uid\":"),
            line -> line.replaceFirst("\"quantity\":(\\d)(?=[,}])", "\"quantity\":-$1"),
            line -> line.replaceFirst("\"total_amount\":([0-9.]+)", "\"total_amount\":\"$1\""),
            line -> line.replace("\"device_type\":\"desktop\"", "\"device_type\":\"PC\""),
            line -> line + "\u00ff");

    private final Path day;
    private final Random random;

    PoisonedLanding(Path workspace, String ds, long seed) {
        this.day = workspace.resolve("landing").resolve("events").resolve(ds);
        this.random = new Random(seed);
    }

    /** Spoils so many lines of the first part, each in one way; returns how many ways there were. */
    int poison(int count) throws IOException {
        Path manifestFile = day.resolve("manifest.json");
        ObjectNode manifest = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(manifestFile));
        ObjectNode entry = (ObjectNode) manifest.get("files").get(0);
        Path part = day.resolve(entry.get("path").stringValue());
        List<String> lines = new ArrayList<>(Files.readAllLines(part));
        Set<Integer> kinds = new HashSet<>();
        Set<Integer> spoilt = new HashSet<>();
        while (spoilt.size() < count) {
            int line = random.nextInt(lines.size());
            int kind = random.nextInt(KINDS.size());
            String bad = KINDS.get(kind).apply(lines.get(line));
            if (!bad.equals(lines.get(line)) && spoilt.add(line)) {
                lines.set(line, bad);
                kinds.add(kind);
            }
        }
        byte[] content = bytes(lines);
        Files.write(part, content);
        manifest.put(
                "bytes", manifest.get("bytes").longValue() - entry.get("bytes").longValue() + content.length);
        entry.put("bytes", content.length);
        entry.put("sha256", sha256(content));
        Files.writeString(manifestFile, Json.line(manifest));
        return kinds.size();
    }

    /** In UTF-8, but for the one character that stands for a byte that is none. */
    private static byte[] bytes(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            boolean isBroken = line.endsWith("\u00ff");
            bytes.writeBytes((isBroken ? line.substring(0, line.length() - 1) : line).getBytes(StandardCharsets.UTF_8));
            if (isBroken) {
                bytes.write(0xff);
            }
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
