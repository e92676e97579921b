package dev.jangbu.spark.check;

import dev.jangbu.transform.landing.PartLines;
import java.io.Serializable;
import java.util.Locale;

/**
 * Whole lines of a part that are judged together, by one task.
 *
 * @param number its place in the landing, among the pieces of all parts
 * @param nth its place in the part
 */
record Piece(int number, Part part, int nth, Stretch stretch) implements Serializable {
    /**
     * Where lines lie in a part, unpacked and corrected.
     *
     * @param from where the first begins
     * @param length to where another begins, or beyond the part's end
     * @param linesBefore lines of the part before it, blank ones too
     */
    record Stretch(long from, long length, long linesBefore) implements Serializable {}

    PartLines lines() {
        return PartLines.stretch(part.landing(), stretch.from(), stretch.length(), stretch.linesBefore());
    }

    /** In the names of its files: that of the part, and for a later piece its own place in it. */
    String label() {
        String ofPart = String.format(Locale.ROOT, "%05d", part.number());
        return nth == 0 ? ofPart : ofPart + String.format(Locale.ROOT, "-%05d", nth);
    }
}
