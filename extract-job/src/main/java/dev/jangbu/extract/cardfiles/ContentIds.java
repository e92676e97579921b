package dev.jangbu.extract.cardfiles;

import dev.jangbu.kit.json.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Numbers of 63 bits that follow from what is said, not from how it is written: 72.6 is 72.60, «Shell  Kings» is «shell kings». */
final class ContentIds {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private ContentIds() {}

    static long of(Map<String, Object> record) {
        return hash(Json.line(said(record)));
    }

    /** One of several that say the same, in one delivery. */
    static long ofOrdinal(long content, int ordinal) {
        return hash(content + "#" + ordinal);
    }

    static long ofName(String name) {
        return hash("name:" + plain(name));
    }

    private static Object said(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> members = new TreeMap<>();
            object.forEach((name, member) -> members.put(String.valueOf(name), said(member)));
            return members;
        }
        return value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : plain(String.valueOf(value));
    }

    private static String plain(String text) {
        return BLANKS.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 1;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
