package dev.jangbu.kit.erased;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who was erased, as far as a line can be asked: {@link #areIn} tells whether it names one of them. Words are compared by
 * a short keyed hash first; only where that fits is the long one taken. An id that does not stand out of other text (a
 * plain number) is looked for as the value of {@code user_id} only. Of one thread.
 */
public final class ErasedSubjects {
    private static final byte[] USER_ID = "user_id".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 64;

    private final @Nullable SubjectKey key;
    private final Map<String, Boolean> hashes;
    private final Set<Long> fingerprints = new HashSet<>();

    private ErasedSubjects(@Nullable SubjectKey key, Map<String, Boolean> hashes) {
        this.key = key;
        this.hashes = Map.copyOf(hashes);
    }

    public static ErasedSubjects none() {
        return new ErasedSubjects(null, Map.of());
    }

    /** As {@code ops.erased_subject} has them now. */
    public static ErasedSubjects read(Connection connection) throws SQLException {
        Map<String, Boolean> hashes = new HashMap<>();
        Set<Long> fingerprints = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT subject_hash, fingerprint, is_word FROM ops.erased_subject")) {
            while (row.next()) {
                hashes.put(row.getString(1), row.getBoolean(3));
                fingerprints.add(row.getLong(2));
            }
        }
        if (hashes.isEmpty()) {
            return none();
        }
        ErasedSubjects subjects = new ErasedSubjects(SubjectKey.read(connection), hashes);
        subjects.fingerprints.addAll(fingerprints);
        return subjects;
    }

    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** Whether the line names one of them, written out or with the escapes of JSON. */
    public boolean areIn(byte[] line, int from, int length) {
        SubjectKey known = key;
        if (known == null) {
            return false;
        }
        if (areWritten(known, line, from, length)) {
            return true;
        }
        for (int at = from; at < from + length; at++) {
            if (line[at] == '\\') {
                byte[] plain = unescaped(line, from, length);
                return areWritten(known, plain, 0, plain.length);
            }
        }
        return false;
    }

    private boolean areWritten(SubjectKey known, byte[] line, int from, int length) {
        int end = from + length;
        int at = from;
        while (at < end) {
            if (!isOfId(line[at])) {
                at++;
                continue;
            }
            int start = at;
            while (at < end && isOfId(line[at])) {
                at++;
            }
            if (isErased(known, line, start, at, from) || hasErasedWord(known, line, start, at, from)) {
                return true;
            }
        }
        return false;
    }

    /** Escapes of letters, digits and signs as what they stand for, any other as a blank. */
    private static byte[] unescaped(byte[] line, int from, int length) {
        byte[] plain = new byte[length];
        int end = from + length;
        int to = 0;
        int at = from;
        while (at < end) {
            if (line[at] != '\\' || at + 1 == end) {
                plain[to++] = line[at++];
                continue;
            }
            int code = line[at + 1] == 'u' && at + 5 < end ? hex(line, at + 2) : -1;
            plain[to++] = code > ' ' && code < 127 ? (byte) code : (byte) ' ';
            at += code < 0 ? 2 : 6;
        }
        return Arrays.copyOf(plain, to);
    }

    private static int hex(byte[] line, int from) {
        int code = 0;
        for (int at = from; at < from + 4; at++) {
            int digit = Character.digit(line[at], 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }

    public boolean areIn(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return areIn(bytes, 0, bytes.length);
    }

    /** An id may hold a dot or a colon; a word beside one is looked at by itself too. */
    private boolean hasErasedWord(SubjectKey known, byte[] line, int start, int end, int lineStart) {
        int word = start;
        for (int at = start; at <= end; at++) {
            boolean isEnd = at == end || line[at] == '.' || line[at] == ':';
            if (isEnd && (word > start || at < end) && isErased(known, line, word, at, lineStart)) {
                return true;
            }
            word = isEnd ? at + 1 : word;
        }
        return false;
    }

    private boolean isErased(SubjectKey known, byte[] line, int start, int end, int lineStart) {
        int length = end - start;
        if (length < 1 || length > LONGEST || !fingerprints.contains(known.fingerprint(line, start, length))) {
            return false;
        }
        Boolean isWord = hashes.get(known.hash(line, start, length));
        return isWord != null && (isWord || isUserId(line, start, lineStart));
    }

    /** Whether the nearest word before is {@code user_id}. */
    private static boolean isUserId(byte[] line, int start, int lineStart) {
        int before = start - 1;
        while (before >= lineStart && (!isOfId(line[before]) || line[before] == ':')) {
            before--;
        }
        int from = before + 1 - USER_ID.length;
        if (from < lineStart) {
            return false;
        }
        for (int at = 0; at < USER_ID.length; at++) {
            if (line[from + at] != USER_ID[at]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfId(byte value) {
        return (value >= 'a' && value <= 'z')
                || (value >= 'A' && value <= 'Z')
                || (value >= '0' && value <= '9')
                || value == '_'
                || value == '-'
                || value == '.'
                || value == ':';
    }
}
