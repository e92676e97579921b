package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.FunnelStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the records of a day are compared by: their ids, their sessions, their platforms. Of one thread. */
final class RecordsOfDay {
    private static final FunnelStep[] STEPS = FunnelStep.values();

    final Sessions sessions = new Sessions();
    private final EventIds ids = new EventIds();
    private final Platforms platforms = new Platforms();
    private int session;
    private boolean isRepeated;

    /** Brings the tables' places for a block's records near, all at once: that costs far less than one after the other. */
    void prepare(Records records) {
        ids.prepare(records.idHigh, records.idLow, records.count);
        sessions.prepare(records.sessionHash, records.count);
    }

    /** Sees an ordinary record; whether it passes the checks that compare it with those before. */
    boolean see(Records records, int record, byte[] data, long place) {
        isRepeated = !ids.add(records.idHigh[record], records.idLow[record]);
        int from = records.sessionFrom[record];
        session = sessions.find(records.sessionHash[record], data, from, records.sessionTo[record] - from);
        int platform = records.platform[record];
        sessions.see(session, STEPS[records.step[record]], records.instant[record], place);
        boolean isFirst = sessions.firstPlatform(session, platform) == platform;
        return isFirst && !isRepeated;
    }

    /** Sees any other record; returns everything it fails, in check order. */
    List<Failure> see(CheckedLine line, long place) {
        isRepeated = line.eventId() != null && !ids.add(line.eventId());
        session = Mark.NO_SESSION;
        if (line.sessionId() != null) {
            session = sessions.find(line.sessionId());
            if (line.instant() != CheckedLine.NO_TIME) {
                sessions.see(session, line.step(), line.instant(), place);
            }
            if (line.platform() != null) {
                sessions.firstPlatform(session, platforms.code(line.platform()));
            }
        }
        return failures(line, session, isRepeated);
    }

    /** What the ordinary record seen last fails: only what it can fail beside others, in check order. */
    List<Failure> failures(int platform) {
        List<Failure> failures = new ArrayList<>();
        if (isRepeated) {
            failures.add(DayRules.REPEATED);
        }
        int first = sessions.firstPlatform(session, platform);
        if (first != platform) {
            failures.add(DayRules.otherPlatform(platforms.name(platform), platforms.name(first)));
        }
        return failures;
    }

    /** The session of the record seen last, or {@link Mark#NO_SESSION}. */
    int session() {
        return session;
    }

    /** Everything a record fails but {@code funnel_sequence}, in check order. */
    List<Failure> failures(CheckedLine line, int ofSession, boolean repeated) {
        @Nullable Failure platform = otherPlatform(line, ofSession);
        if (!repeated && platform == null) {
            return line.failures();
        }
        List<Failure> failures = new ArrayList<>(line.failures());
        if (repeated) {
            failures.add(DayRules.REPEATED);
        }
        boolean isTold = failures.stream().anyMatch(failure -> platform != null && failure.check() == platform.check());
        if (platform != null && !isTold) {
            failures.add(platform);
        }
        failures.sort(Comparator.comparing(Failure::check));
        return failures;
    }

    private @Nullable Failure otherPlatform(CheckedLine line, int ofSession) {
        if (ofSession == Mark.NO_SESSION || line.platform() == null) {
            return null;
        }
        int platform = platforms.code(line.platform());
        int first = sessions.firstPlatform(ofSession, platform);
        return first == platform ? null : DayRules.otherPlatform(line.platform(), platforms.name(first));
    }
}
