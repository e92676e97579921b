package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.FunnelStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a day are compared by, all of it in the heap: their ids, their sessions, their platforms, and a mark
 * for each. Whether a session is in order is known after the last record only. Of one thread.
 */
final class RecordsOfDay implements Comparison {
    private static final FunnelStep[] STEPS = FunnelStep.values();

    final Sessions sessions = new Sessions();
    private final EventIds ids = new EventIds();
    private final Platforms platforms = new Platforms();
    private int[] marks = new int[0];
    private long marked;
    private int session;
    private boolean isRepeated;

    /** The memory that all this takes at most. */
    long bytes() {
        return ids.bytes() + sessions.bytes() + platforms.bytes() + marked * BlockMarks.BYTES_PER_RECORD;
    }

    /** Brings the tables' places for a block's records near, all at once: that costs far less than one after the other. */
    @Override
    public void begin(Block block) {
        Records records = block.records;
        ids.prepare(records.idHigh, records.idLow, records.count);
        sessions.prepare(records.sessionHash, records.count);
        marks = new int[records.count];
    }

    @Override
    public boolean passes(Block block, int record, long place) {
        Records records = block.records;
        isRepeated = !ids.add(records.idHigh[record], records.idLow[record]);
        int from = records.sessionFrom[record];
        session = sessions.find(records.sessionHash[record], block.data, from, records.sessionTo[record] - from);
        int platform = records.platform[record];
        sessions.see(session, STEPS[records.step[record]], records.instant[record], place);
        boolean isFirst = sessions.firstPlatform(session, platform) == platform;
        if (!isFirst || isRepeated) {
            return false;
        }
        marks[record] = Mark.of(session, false);
        return true;
    }

    @Override
    public List<Failure> failures(Block block, int record) {
        List<Failure> failures = new ArrayList<>();
        if (isRepeated) {
            failures.add(DayRules.REPEATED);
        }
        int platform = block.records.platform[record];
        int first = sessions.firstPlatform(session, platform);
        if (first != platform) {
            failures.add(DayRules.otherPlatform(platforms.name(platform), platforms.name(first)));
        }
        return failures;
    }

    @Override
    public List<Failure> failures(CheckedLine line, long place) {
        isRepeated = line.eventId() != null && !ids.add(line.eventId());
        session = Mark.NO_SESSION;
        if (line.sessionId() != null) {
            session = sessions.find(line.sessionId());
            if (line.instant() != CheckedLine.NO_TIME) {
                sessions.see(session, line.step(), line.instant(), place);
            }
            if (line.platform() != null) {
                sessions.firstPlatform(session, platforms.code(BoundedKey.ofName(line.platform())));
            }
        }
        return LineFailures.of(line, isRepeated, otherPlatform(line, session));
    }

    @Override
    public void keep(Block block, int record, PartLedger part, List<Failure> failures) {
        marks[record] = Mark.of(session, !failures.isEmpty());
    }

    @Override
    public void end(Block block, PartLedger part) {
        part.marks.add(new BlockMarks(block.records, marks, part.linesBefore));
        marked += marks.length;
    }

    /** Everything a kept record fails but {@code funnel_sequence}, in check order; when the day has been read. */
    List<Failure> failures(CheckedLine line, int ofSession) {
        return LineFailures.of(line, false, otherPlatform(line, ofSession));
    }

    private @Nullable Failure otherPlatform(CheckedLine line, int ofSession) {
        if (ofSession == Mark.NO_SESSION || line.platform() == null) {
            return null;
        }
        int platform = platforms.code(BoundedKey.ofName(line.platform()));
        int first = sessions.firstPlatform(ofSession, platform);
        return first == platform ? null : DayRules.otherPlatform(line.platform(), platforms.name(first));
    }
}
