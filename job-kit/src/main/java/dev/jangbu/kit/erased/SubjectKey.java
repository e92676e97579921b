package dev.jangbu.kit.erased;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key ids of erased people are hashed with, as {@code ops.erasure_key} keeps it. Of one thread. */
public final class SubjectKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long PRIME = 0x100000001b3L;

    private final Mac mac;
    private final long seed;

    private SubjectKey(byte[] secret) {
        try {
            this.mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
        this.seed = java.nio.ByteBuffer.wrap(mac.doFinal(new byte[] {0})).getLong();
    }

    public static SubjectKey read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT secret FROM ops.erasure_key")) {
            row.next();
            return new SubjectKey(HexFormat.of().parseHex(row.getString(1)));
        }
    }

    /** HMAC-SHA-256 of an id, hexadecimal. */
    public String hash(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    String hash(byte[] bytes, int from, int length) {
        mac.update(bytes, from, length);
        return HexFormat.of().formatHex(mac.doFinal());
    }

    /** A short hash under the same key, cheap enough for every word of a line. */
    public long fingerprint(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return fingerprint(bytes, 0, bytes.length);
    }

    long fingerprint(byte[] bytes, int from, int length) {
        long hash = seed;
        for (int at = from; at < from + length; at++) {
            hash = (hash ^ (bytes[at] & 0xff)) * PRIME;
        }
        return (hash ^ (hash >>> 29)) * PRIME;
    }
}
