package dev.jangbu.spark.check;

import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of a piece.
 *
 * @param lines that are not blank
 * @param rejectedBy by the first check that rejected them
 */
record PieceOutcome(
        Piece piece,
        Tallies tallies,
        long lines,
        Map<Check, Long> rejectedBy,
        long flagged,
        Written clean,
        Written rejectedFile,
        Written flaggedFile)
        implements Serializable {
    PieceOutcome {
        Map<Check, Long> copy = new EnumMap<>(Check.class);
        copy.putAll(rejectedBy);
        rejectedBy = Collections.unmodifiableMap(copy);
    }

    /**
     * A file as a task left it.
     *
     * @param name it is to have
     * @param written its name until then: of one try of a task, for a task may run twice
     */
    record Written(String name, String written, long bytes, String sha256) implements Serializable {}
}
