package dev.jangbu.faults.oracle;

/**
 * How two bags of rows differ.
 *
 * @param lost rows that should be there and are not
 * @param doubled rows that are there and should not be, or more often than they should
 */
public record Difference(long lost, long doubled) {
    public static final Difference NONE = new Difference(0, 0);

    public Difference {
        if (lost < 0 || doubled < 0) {
            throw new IllegalArgumentException("difference: " + lost + ", " + doubled + " (expected: 0 or more)");
        }
    }

    public boolean isNone() {
        return lost == 0 && doubled == 0;
    }

    public Difference plus(Difference other) {
        return new Difference(lost + other.lost, doubled + other.doubled);
    }
}
