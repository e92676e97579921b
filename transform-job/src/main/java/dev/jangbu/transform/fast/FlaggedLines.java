package dev.jangbu.transform.fast;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.output.PartFile;
import dev.jangbu.transform.reject.RawLine;
import dev.jangbu.transform.reject.RefusedLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines that were kept but are doubtful, in a second read of the landing: whether a session is in order is
 * known only when the day has been read. Where there is no such line, nothing is read.
 */
final class FlaggedLines {
    private final List<PartLedger.Closed> parts;
    private final RecordsOfDay day;
    private final FunnelVerdicts funnel;
    private final EventChecker checker;
    private long flagged;

    FlaggedLines(List<PartLedger.Closed> parts, RecordsOfDay day, FunnelVerdicts funnel, EventChecker checker) {
        this.parts = List.copyOf(parts);
        this.day = day;
        this.funnel = funnel;
        this.checker = checker;
    }

    List<PartOutcome> write(DayFiles files, BackgroundForce force) throws InterruptedException {
        List<PartOutcome> outcomes = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            PartFile file = new PartFile(files.flagged(part), force);
            flagged = 0;
            if (hasFlagged(parts.get(part).ledger())) {
                write(parts.get(part).ledger(), file);
            }
            outcomes.add(parts.get(part).with(file.finish(), flagged));
        }
        return outcomes;
    }

    private boolean hasFlagged(PartLedger part) {
        return part.marks.stream().anyMatch(this::hasFlagged);
    }

    private boolean hasFlagged(BlockMarks marks) {
        for (int record = 0; record < marks.count(); record++) {
            if (isFlagged(marks.mark(record))) {
                return true;
            }
        }
        return false;
    }

    private boolean isFlagged(int mark) {
        return Mark.isDoubtful(mark) || (mark != Mark.NONE && funnel.of(Mark.session(mark)) != null);
    }

    private void write(PartLedger part, PartFile file) throws InterruptedException {
        Block block = new Block();
        try (BlockReader reader = new BlockReader(List.of(part.landing), false)) {
            for (BlockMarks marks : part.marks) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                requireSame(reader.read(block), part);
                write(block, marks, part, file);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.landing.file(), failure);
        }
    }

    private void write(Block block, BlockMarks marks, PartLedger part, PartFile file) {
        for (int record = 0; record < marks.count(); record++) {
            int mark = marks.mark(record);
            if (isFlagged(mark)) {
                requireSame(marks.from(record) < block.length, part);
                file.append(flagged(block.data, marks.from(record), mark, part, marks.line(record)));
                flagged++;
            }
        }
    }

    private byte[] flagged(byte[] data, int from, int mark, PartLedger part, long line) {
        int to = Lines.end(data, from);
        int session = Mark.session(mark);
        List<Failure> failures = new ArrayList<>();
        if (Mark.isDoubtful(mark)) {
            failures.addAll(day.failures(checker.check(data, from, to - from), session, false));
        }
        @Nullable Failure ofSession = funnel.of(session);
        if (ofSession != null) {
            failures.add(ofSession);
        }
        failures.sort(Comparator.comparing(Failure::check));
        return RefusedLine.write(part.landing.name(), line, Failure.told(failures), RawLine.of(data, from, to - from));
    }

    private static void requireSame(boolean isSame, PartLedger part) {
        if (!isSame) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    part.landing.file() + ": changed while it was read; run extract-job and transform-job again");
        }
    }
}
