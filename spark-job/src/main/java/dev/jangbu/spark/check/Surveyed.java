package dev.jangbu.spark.check;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part that was read through.
 *
 * @param corrected its lines that corrections were laid over; {@code stale} the corrections that were not used
 * @param failure why it cannot be judged; null where it is what the manifest says
 */
record Surveyed(
        Part part,
        List<Piece.Stretch> stretches,
        long corrected,
        long stale,
        @Nullable Failure failure) implements Serializable {
    Surveyed {
        stretches = List.copyOf(stretches);
    }

    /** A {@link JobFailure} on its way: Spark would wrap it in words of its own. */
    record Failure(ExitCode code, String message) implements Serializable {}

    static Surveyed failed(Part part, JobFailure failure) {
        return new Surveyed(
                part, List.of(), 0, 0, new Failure(failure.exitCode(), String.valueOf(failure.getMessage())));
    }

    void requireSound() {
        if (failure != null) {
            throw new JobFailure(failure.code(), failure.message());
        }
    }

    /** The pieces of all parts, in the order of the landing. */
    static List<Piece> pieces(List<Surveyed> parts) {
        List<Piece> pieces = new ArrayList<>();
        for (Surveyed surveyed : parts) {
            for (int nth = 0; nth < surveyed.stretches.size(); nth++) {
                pieces.add(new Piece(pieces.size(), surveyed.part, nth, surveyed.stretches.get(nth)));
            }
        }
        return pieces;
    }
}
