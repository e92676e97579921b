package dev.jangbu.transform.fast;

/** The position of a line in a landing as one number, in landing order. */
public final class Place {
    private static final int LINE_BITS = 44;

    private Place() {}

    public static long of(int part, long line) {
        return (long) part << LINE_BITS | line;
    }

    public static int part(long place) {
        return (int) (place >>> LINE_BITS);
    }

    public static long line(long place) {
        return place & ((1L << LINE_BITS) - 1);
    }
}
