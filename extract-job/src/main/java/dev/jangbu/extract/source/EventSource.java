package dev.jangbu.extract.source;

import dev.jangbu.extract.landing.LandingWriter;
import java.util.Map;

/**
 * Where the lines of a day come from. Immutable; one instance may serve many windows. A source streams: its memory does
 * not grow with the day. It judges nothing, that is transform-job's work: a record it cannot make sense of is landed so
 * that the checks refuse it with a reason.
 */
public interface EventSource {
    /** Of the manifest and of {@code --source}, such as {@code simulator}. */
    String name();

    /** The contract profile its lines are to be judged by, such as {@code default}. */
    String profile();

    /** What it would read, in a few words for people; names no secret. */
    String plan();

    /**
     * Writes every line of the window to the landing. Asked for the same window of the same data again, it writes the same
     * bytes.
     *
     * @return what was counted beside the lines, by name, such as {@code other_days}
     * @throws dev.jangbu.kit.exit.JobFailure when the source cannot be read or the landing not be written
     */
    Map<String, Long> extract(Window window, LandingWriter landing);
}
