package dev.jangbu.extract.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/** Name-based UUIDs (version 5) of rows, in a name space of their own for each mapping and field. */
record RowIds(String mapping, String field) {
    private static final UUID NAMESPACE = UUID.fromString("8f0d7c52-5d0c-5a35-9d0e-4a616e676275");
    private static final byte UNIT = 0x1F;
    private static final byte RECORD = 0x1E;

    /** @param columns none: the whole rows */
    UUID of(List<Row> rows, List<Column> columns) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .flip());
        add(sha1, mapping);
        add(sha1, field);
        for (Row row : rows) {
            addRow(sha1, row, columns);
        }
        return uuid(sha1.digest());
    }

    private static void addRow(MessageDigest sha1, Row row, List<Column> columns) {
        if (columns.isEmpty()) {
            add(sha1, row.whole());
        }
        for (Column column : columns) {
            String text = column.text(row);
            add(sha1, text == null ? "" : text);
        }
        sha1.update(RECORD);
    }

    private static void add(MessageDigest sha1, String text) {
        sha1.update(text.getBytes(StandardCharsets.UTF_8));
        sha1.update(UNIT);
    }

    private static UUID uuid(byte[] digest) {
        ByteBuffer bits = ByteBuffer.wrap(digest);
        long high = (bits.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x5000L;
        long low = (bits.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
