package dev.jangbu.transform.cards;

/**
 * The sales of a landing that were read so far, in little memory however many there are: keys that lie close together share
 * a word. A table is read by when its rows were changed, then by key; a row that changes while it is read comes again, later
 * in that order. Of one thread.
 */
final class SeenSales {
    private static final int WORD_SHIFT = 6;
    private static final float FULL = 0.7f;

    /** Which 64 keys a slot is of, plus one; 0 where it is free. */
    private long[] groups = new long[1 << 10];

    private long[] words = new long[1 << 10];
    private int used;
    private long lastModified = Long.MIN_VALUE;
    private long lastId = -1;

    /**
     * @param id 0 or more
     * @param modified in microseconds
     * @return whether it is the first of this key, or another version of it behind all that was read
     */
    boolean see(long id, long modified) {
        boolean isBehindAll = modified > lastModified || (modified == lastModified && id > lastId);
        if (isBehindAll) {
            lastModified = modified;
            lastId = id;
        }
        return add(id) || isBehindAll;
    }

    private boolean add(long id) {
        int slot = slot(groups, (id >>> WORD_SHIFT) + 1);
        if (groups[slot] == 0) {
            groups[slot] = (id >>> WORD_SHIFT) + 1;
            used++;
        }
        long bit = 1L << (id & 63);
        boolean isNew = (words[slot] & bit) == 0;
        words[slot] |= bit;
        if (used > groups.length * FULL) {
            grow();
        }
        return isNew;
    }

    private void grow() {
        long[] wider = new long[groups.length * 2];
        long[] moved = new long[groups.length * 2];
        for (int old = 0; old < groups.length; old++) {
            if (groups[old] != 0) {
                int slot = slot(wider, groups[old]);
                wider[slot] = groups[old];
                moved[slot] = words[old];
            }
        }
        groups = wider;
        words = moved;
    }

    /** Where the group is, or would be. */
    private static int slot(long[] groups, long group) {
        int mask = groups.length - 1;
        long mixed = group * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed ^ (mixed >>> 32)) & mask;
        while (groups[slot] != 0 && groups[slot] != group) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
