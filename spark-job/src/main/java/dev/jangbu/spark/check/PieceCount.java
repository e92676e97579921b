package dev.jangbu.spark.check;

import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The books of a piece.
 *
 * @param lines that are not blank
 * @param rejectedBy by the first check that rejected them
 */
record PieceCount(Piece piece, Tallies tallies, long lines, Map<Check, Long> rejectedBy) implements Serializable {
    PieceCount {
        Map<Check, Long> copy = new EnumMap<>(Check.class);
        copy.putAll(rejectedBy);
        rejectedBy = Collections.unmodifiableMap(copy);
    }

    long rejected() {
        return rejectedBy.values().stream().mapToLong(Long::longValue).sum();
    }
}
