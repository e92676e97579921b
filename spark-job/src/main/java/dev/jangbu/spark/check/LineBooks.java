package dev.jangbu.spark.check;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fast.LineFailures;
import dev.jangbu.transform.fast.Place;
import dev.jangbu.transform.landing.PartLines;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the lines of one piece, one after the other, told what was found of them beside the others, and counts. Of one thread. */
final class LineBooks {
    private final Piece piece;
    private final Rules rules;
    private final EventChecker checker;
    private final FoundLines found;
    private final Tallies tallies = new Tallies();
    private final Map<Check, Long> rejectedBy = new EnumMap<>(Check.class);
    private long lines;

    LineBooks(Piece piece, Rules rules, FoundLines found) {
        this.piece = piece;
        this.rules = rules;
        this.checker = rules.checker();
        this.found = found;
    }

    /**
     * What became of a line.
     *
     * @param row its clean row; null where it is rejected
     * @param failures of its own and beside others, in check order
     * @param funnel what is wrong with its session's order; null where nothing is
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Judged(
            byte @Nullable [] row,
            List<Failure> failures,
            @Nullable Failure funnel) {}

    Judged judge(PartLines.Line line) {
        CheckedLine checked = LineKeys.check(checker, line);
        Found beside = found.at(Place.of(piece.number(), line.number()));
        lines++;
        tallies.count(checked);
        List<Failure> failures = LineFailures.of(checked, beside.isRepeated(), beside.otherPlatform(checked));
        failures.forEach(failure -> tallies.fail(failure, piece.part().name(), line.number()));
        Failure funnel = beside.funnel().failure();
        if (funnel != null && beside.isWhereSessionFails()) {
            tallies.fail(funnel, piece.part().name(), line.number());
        }
        byte[] row = checked.row();
        Check rejecting = Verdict.of(rules.contract(), failures, row != null).rejectedBy();
        if (rejecting == null) {
            return new Judged(row, failures, funnel);
        }
        rejectedBy.merge(rejecting, 1L, Long::sum);
        return new Judged(null, failures, funnel);
    }

    PieceCount count() {
        return new PieceCount(piece, tallies, lines, rejectedBy);
    }
}
