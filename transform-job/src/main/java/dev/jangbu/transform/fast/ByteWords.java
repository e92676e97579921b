package dev.jangbu.transform.fast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first in the lowest place. Arrays must have {@link #PADDING} bytes behind what they hold. */
final class ByteWords {
    /** How far beyond the end of the content a word may be read or written. */
    static final int PADDING = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long COMMAS = ',' * ONES;
    private static final long BREAKS = '\n' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private ByteWords() {}

    static long at(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONG.set(bytes, index, word);
    }

    /** The word with all but its first {@code length} bytes 0. */
    static long head(long word, int length) {
        return length >= Long.BYTES ? word : word & ((1L << (length << 3)) - 1);
    }

    /** High bits where a byte is a quote; exact up to the first. */
    static long quotes(long word) {
        return zeros(word ^ QUOTES);
    }

    static long breaks(long word) {
        return zeros(word ^ BREAKS);
    }

    static long commas(long word) {
        return zeros(word ^ COMMAS);
    }

    /** High bits where a byte ends or complicates a string: quote, backslash, control, not ASCII; exact up to the first. */
    static long stops(long word) {
        return (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word - BLANKS) | word) & HIGHS;
    }

    /** High bits where a byte is none of {@code [A-Za-z0-9._:-]}. */
    static long notId(long word) {
        long seven = word & ~HIGHS;
        long folded = seven | BLANKS;
        long digits = from(seven, '0') & ~from(seven, ';');
        long letters = from(folded, 'a') & ~from(folded, '{') & from(seven, 'A');
        long marks = from(seven, '-') & ~from(seven, '/');
        long underscores = from(seven, '_') & ~from(seven, '`');
        return (~(digits | letters | marks | underscores) | word) & HIGHS;
    }

    /** High bits where a byte of seven bits is the character or a later one. */
    private static long from(long seven, char character) {
        return seven + (0x80 - character) * ONES;
    }

    /** The index of the first byte that is marked. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Copies a short run by words; up to seven bytes behind it are overwritten. */
    static int copy(byte[] source, int from, byte[] target, int to, int length) {
        for (int done = 0; done < length; done += Long.BYTES) {
            put(target, to + done, at(source, from + done));
        }
        return to + length;
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
