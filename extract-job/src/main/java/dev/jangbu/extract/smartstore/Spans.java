package dev.jangbu.extract.smartstore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A window in spans that the platform takes: of a day at most, both ends belonging to them. */
final class Spans {
    private static final Duration LONGEST = Duration.ofHours(24).minusMillis(1);

    private Spans() {}

    /** From and to, to the millisecond. */
    record Span(Instant from, Instant to) {}

    /** Overlapping by their ends, so that no instant lies between two. */
    static List<Span> of(Instant from, Instant to) {
        List<Span> spans = new ArrayList<>();
        Instant start = from.truncatedTo(ChronoUnit.MILLIS);
        Instant end = to.truncatedTo(ChronoUnit.MILLIS);
        while (start.isBefore(end)) {
            Instant until = start.plus(LONGEST);
            spans.add(new Span(start, until.isAfter(end) ? end : until));
            start = until;
        }
        return spans;
    }

    static String text(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").format(instant.atZone(zone));
    }
}
