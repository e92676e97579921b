package dev.jangbu.extract.simulator;

import dev.jangbu.extract.landing.LandingWriter;
import java.util.Arrays;

/** The events of one session as lines, in time order, read one by one. */
final class SessionLog {
    private final LineBuffer lines = new LineBuffer();
    private int[] ends = new int[16];
    private int[] times = new int[16];
    private int events;
    private int next;

    /** Where the line in the making goes; {@link #end} ends it. */
    LineBuffer line() {
        return lines;
    }

    /** @param millis since the day's first instant; not before the line before */
    void end(int millis) {
        if (events == ends.length) {
            ends = Arrays.copyOf(ends, events * 2);
            times = Arrays.copyOf(times, events * 2);
        }
        ends[events] = lines.length();
        times[events] = millis;
        events++;
    }

    /** The last line once more. */
    void repeat() {
        int from = start(events - 1);
        byte[] copy = Arrays.copyOfRange(lines.content(), from, lines.length());
        lines.add(copy, 0, copy.length);
        end(times[events - 1]);
    }

    boolean hasNext() {
        return next < events;
    }

    int nextMillis() {
        return times[next];
    }

    void writeNext(LandingWriter landing) {
        int from = start(next);
        landing.line(lines.content(), from, ends[next] - from);
        next++;
    }

    private int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }
}
