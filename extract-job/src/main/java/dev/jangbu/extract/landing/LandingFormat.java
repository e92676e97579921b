package dev.jangbu.extract.landing;

/**
 * How the parts are written.
 *
 * @param gzip compressed, as {@code part-00000.jsonl.gz}
 * @param partBytes a part is closed at the first line's end at or after this many bytes, counted before compression
 */
public record LandingFormat(boolean gzip, long partBytes) {
    /** Small enough that readers can share a day's parts evenly, large enough that a day is few files. */
    private static final long PART_BYTES = 64L << 20;

    public LandingFormat {
        if (partBytes < 1) {
            throw new IllegalArgumentException("partBytes: " + partBytes + " (expected: 1 or more)");
        }
    }

    public static LandingFormat plain() {
        return new LandingFormat(false, PART_BYTES);
    }

    public static LandingFormat compressed() {
        return new LandingFormat(true, PART_BYTES);
    }

    String suffix() {
        return gzip ? ".jsonl.gz" : ".jsonl";
    }
}
