package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.FunnelStep;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sessions of a day: for each, its first platform, and the first of each step of the funnel by (time, position).
 * Of one thread; memory follows the number of sessions.
 */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class Sessions {
    /** No record yet. */
    static final long NEVER = Long.MAX_VALUE;

    static final byte NO_PLATFORM = -1;
    private static final int STEPS = 3;

    /** What a session takes at most beside its name: arrays half empty after they grew, and one of them twice meanwhile. */
    private static final int BYTES_PER_SESSION = 180;

    private int[] table = new int[1 << 16];
    private long[] hashes = new long[1 << 12];
    private long[] names = new long[1 << 12];
    private int[] platforms = new int[1 << 12];
    private boolean[] counted = new boolean[1 << 12];
    private long[] times = new long[STEPS << 12];
    private long[] positions = new long[STEPS << 12];
    private byte[] text = new byte[1 << 18];
    private int textEnd;
    private int count;
    /** Keeps the compiler from leaving the touching out. */
    long touched;

    /** Touches the places of sessions about to be looked for. */
    void prepare(long[] hashesOfRecords, int records) {
        int mask = table.length - 1;
        long seen = 0;
        for (int record = 0; record < records; record++) {
            seen += table[(int) hashesOfRecords[record] & mask];
        }
        touched = seen;
    }

    /** The session's index, a new one where it was not seen before. */
    int find(long hash, byte[] bytes, int from, int length) {
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        while (table[slot] != 0) {
            int session = table[slot] - 1;
            if (hashes[session] == hash && isNamed(session, bytes, from, length)) {
                return session;
            }
            slot = (slot + 1) & mask;
        }
        int session = add(hash, bytes, from, length);
        table[slot] = session + 1;
        if (count > table.length / 2) {
            rehash();
        }
        return session;
    }

    int find(String id) {
        byte[] key = key(id);
        int length = key.length - ByteWords.PADDING;
        return find(KeyHash.of(key, 0, length), key, 0, length);
    }

    /** A session's id as it is kept, with padding behind it. */
    static byte[] key(String id) {
        byte[] bytes = BoundedKey.of(id).getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + ByteWords.PADDING);
    }

    /** The memory that the sessions take at most. */
    long bytes() {
        return (long) count * BYTES_PER_SESSION + 2L * textEnd;
    }

    int size() {
        return count;
    }

    /** The code of the session's first platform; the given one when it has none yet. */
    int firstPlatform(int session, int platform) {
        if (platforms[session] == NO_PLATFORM) {
            platforms[session] = platform;
        }
        return platforms[session];
    }

    /** Takes note of a record with a valid time. Records come in the order of their position. */
    void see(int session, FunnelStep step, long time, long position) {
        counted[session] = true;
        if (step == FunnelStep.NONE) {
            return;
        }
        int place = session * STEPS + step.ordinal();
        if (positions[place] == NEVER || time < times[place]) {
            times[place] = time;
            positions[place] = position;
        }
    }

    /** How many {@code funnel_sequence} counts. */
    long counted() {
        long sessions = 0;
        for (int session = 0; session < count; session++) {
            sessions += counted[session] ? 1 : 0;
        }
        return sessions;
    }

    /** Where the session bought without a cart before it; {@link #NEVER} if it did not. */
    long boughtWithoutCart(int session) {
        return without(session, FunnelStep.BOUGHT, FunnelStep.IN_CART);
    }

    /** Where the session put something in the cart it had not seen; {@link #NEVER} if it did not. */
    long cartUnseen(int session) {
        return without(session, FunnelStep.IN_CART, FunnelStep.SEEN);
    }

    private long without(int session, FunnelStep later, FunnelStep earlier) {
        int second = session * STEPS + later.ordinal();
        int first = session * STEPS + earlier.ordinal();
        if (positions[second] == NEVER) {
            return NEVER;
        }
        boolean isBefore = positions[first] != NEVER
                && (times[first] < times[second]
                        || (times[first] == times[second] && positions[first] < positions[second]));
        return isBefore ? NEVER : positions[second];
    }

    private boolean isNamed(int session, byte[] bytes, int from, int length) {
        long name = names[session];
        int start = (int) (name >>> 8);
        return (name & 0xff) == length && Arrays.equals(text, start, start + length, bytes, from, from + length);
    }

    private int add(long hash, byte[] bytes, int from, int length) {
        if (count == hashes.length) {
            grow();
        }
        if (textEnd + length > text.length) {
            text = Arrays.copyOf(text, Math.multiplyExact(text.length, 2));
        }
        System.arraycopy(bytes, from, text, textEnd, length);
        int session = count++;
        hashes[session] = hash;
        names[session] = (long) textEnd << 8 | length;
        platforms[session] = NO_PLATFORM;
        for (int step = 0; step < STEPS; step++) {
            positions[session * STEPS + step] = NEVER;
        }
        textEnd += length;
        return session;
    }

    private void grow() {
        int size = hashes.length * 2;
        hashes = Arrays.copyOf(hashes, size);
        names = Arrays.copyOf(names, size);
        platforms = Arrays.copyOf(platforms, size);
        counted = Arrays.copyOf(counted, size);
        times = Arrays.copyOf(times, size * STEPS);
        positions = Arrays.copyOf(positions, size * STEPS);
    }

    private void rehash() {
        int[] larger = new int[table.length * 2];
        int mask = larger.length - 1;
        for (int session = 0; session < count; session++) {
            int slot = (int) hashes[session] & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = session + 1;
        }
        table = larger;
    }
}
