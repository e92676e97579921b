package dev.jangbu.transform.fast;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The event ids of a day. UUIDs are kept as the two words they are, without an object each. Of one thread. */
final class EventIds {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** What an id takes at most: its table is never emptier than 3/8, and half as large again while it grows. */
    private static final int BYTES_PER_ID = 64;

    /** Of a short text with its place in the set. */
    private static final int BYTES_PER_OTHER = 250;

    private final Set<String> others = new HashSet<>();
    private long[] table = new long[2 * (1 << 16)];
    private int used;
    private boolean hasZero;
    /** Keeps the compiler from leaving the touching out. */
    long touched;

    /** Touches the places of ids about to be added. */
    void prepare(long[] highs, long[] lows, int count) {
        int mask = table.length - 1;
        long seen = 0;
        for (int index = 0; index < count; index++) {
            seen += table[home(highs[index], lows[index], mask)];
        }
        touched = seen;
    }

    /** Whether the id is new. */
    boolean add(long high, long low) {
        if ((high | low) == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        int slot = slot(table, high, low);
        if ((table[slot] | table[slot + 1]) != 0) {
            return false;
        }
        table[slot] = high;
        table[slot + 1] = low;
        if (++used > table.length / 2 / 4 * 3) {
            grow();
        }
        return true;
    }

    /** Whether the id, in lower case, is new. Of a long one its digest is kept, so that memory follows their number. */
    boolean add(String id) {
        if (isUuid(id)) {
            java.util.UUID uuid = java.util.UUID.fromString(id);
            return add(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }
        return others.add(BoundedKey.of(id));
    }

    static boolean isUuid(String id) {
        return UUID.matcher(id).matches();
    }

    static long hash(long high, long low) {
        return KeyHash.mix(high * 31 ^ low);
    }

    /** The memory that the ids take at most. */
    long bytes() {
        return (long) used * BYTES_PER_ID + (long) others.size() * BYTES_PER_OTHER;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int slot = 0; slot < table.length; slot += 2) {
            if ((table[slot] | table[slot + 1]) != 0) {
                int free = slot(larger, table[slot], table[slot + 1]);
                larger[free] = table[slot];
                larger[free + 1] = table[slot + 1];
            }
        }
        table = larger;
    }

    /** Where the id is, or the free place where it belongs. */
    private static int slot(long[] table, long high, long low) {
        int mask = table.length - 1;
        int slot = home(high, low, mask);
        while ((table[slot] != high || table[slot + 1] != low) && (table[slot] | table[slot + 1]) != 0) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    private static int home(long high, long low, int mask) {
        return (int) (hash(high, low) << 1) & mask;
    }
}
