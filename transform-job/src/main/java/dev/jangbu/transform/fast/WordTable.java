package dev.jangbu.transform.fast;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds which of a few known words of at most 24 bytes stands in the bytes, by comparing three machine words. */
final class WordTable {
    /** No known word stands there. */
    static final int NONE = -1;

    private static final int LONGEST = 3 * Long.BYTES;
    private static final int SLOTS = 256;

    private final byte[] slots = new byte[SLOTS];
    private final long[] first;
    private final long[] second;
    private final long[] third;
    private final int[] lengths;

    WordTable(List<String> words) {
        int count = words.size();
        first = new long[count];
        second = new long[count];
        third = new long[count];
        lengths = new int[count];
        Arrays.fill(slots, (byte) NONE);
        for (int index = 0; index < count; index++) {
            add(index, words.get(index).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The index of the word that stands at {@code from} and ends before a quote; {@link #NONE} if none does. */
    int find(byte[] bytes, int from) {
        long one = ByteWords.at(bytes, from);
        long two = 0;
        long three = 0;
        long quotes = ByteWords.quotes(one);
        if (quotes != 0) {
            one = ByteWords.head(one, ByteWords.first(quotes));
        } else {
            two = ByteWords.at(bytes, from + Long.BYTES);
            quotes = ByteWords.quotes(two);
            if (quotes != 0) {
                two = ByteWords.head(two, ByteWords.first(quotes));
            } else {
                three = ByteWords.at(bytes, from + 2 * Long.BYTES);
                quotes = ByteWords.quotes(three);
                if (quotes == 0) {
                    return NONE;
                }
                three = ByteWords.head(three, ByteWords.first(quotes));
            }
        }
        return find(one, two, three);
    }

    int size() {
        return lengths.length;
    }

    int length(int index) {
        return lengths[index];
    }

    private int find(long one, long two, long three) {
        int slot = slot(one, two, three);
        while (true) {
            int index = slots[slot];
            if (index == NONE) {
                return NONE;
            }
            if (first[index] == one && second[index] == two && third[index] == three) {
                return index;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    private void add(int index, byte[] word) {
        if (word.length >= LONGEST) {
            throw new IllegalArgumentException(
                    "word: " + word.length + " bytes (expected: fewer than " + LONGEST + ")");
        }
        byte[] padded = Arrays.copyOf(word, LONGEST);
        first[index] = ByteWords.at(padded, 0);
        second[index] = ByteWords.at(padded, Long.BYTES);
        third[index] = ByteWords.at(padded, 2 * Long.BYTES);
        lengths[index] = word.length;
        int slot = slot(first[index], second[index], third[index]);
        while (slots[slot] != NONE) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        slots[slot] = (byte) index;
    }

    private static int slot(long one, long two, long three) {
        long mixed = (one ^ (two * 0x9E3779B97F4A7C15L) ^ three) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 56);
    }
}
