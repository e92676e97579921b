package dev.jangbu.transform.fast;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the lines that were kept but are doubtful, in a second read of the landing: whether a session is in order is
 * known only when the day has been read. Where there is no such line, nothing is read.
 */
final class FlaggedLines {
    private final List<PartLedger.Closed> parts;
    private final RecordsOfDay day;
    private final FunnelVerdicts funnel;
    private final DayReading reading;

    FlaggedLines(List<PartLedger.Closed> parts, RecordsOfDay day, FunnelVerdicts funnel, DayReading reading) {
        this.parts = List.copyOf(parts);
        this.day = day;
        this.funnel = funnel;
        this.reading = reading;
    }

    List<PartOutcome> write() throws InterruptedException {
        List<PartOutcome> outcomes = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            PartLedger.Closed read = parts.get(part);
            FlaggedFile file = reading.flagged(part);
            if (hasFlagged(read.ledger())) {
                write(read.ledger(), file);
            }
            outcomes.add(file.end(read));
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

    private void write(PartLedger part, FlaggedFile file) throws InterruptedException {
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

    private void write(Block block, BlockMarks marks, PartLedger part, FlaggedFile file) {
        for (int record = 0; record < marks.count(); record++) {
            int mark = marks.mark(record);
            if (isFlagged(mark)) {
                requireSame(marks.from(record) < block.length, part);
                write(block.data, marks.from(record), mark, file, part, marks.line(record));
            }
        }
    }

    private void write(byte[] data, int from, int mark, FlaggedFile file, PartLedger part, long line) {
        int to = Lines.end(data, from);
        int session = Mark.session(mark);
        List<Failure> failures = Mark.isDoubtful(mark)
                ? day.failures(reading.checker().check(data, from, to - from), session)
                : List.of();
        file.add(part, line, failures, funnel.of(session), RawLine.of(data, from, to - from));
    }

    private static void requireSame(boolean isSame, PartLedger part) {
        if (!isSame) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    part.landing.file() + ": changed while it was read; run extract-job and transform-job again");
        }
    }
}
