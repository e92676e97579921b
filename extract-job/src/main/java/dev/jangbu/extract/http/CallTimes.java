package dev.jangbu.extract.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * When the last calls to a platform were let through.
 *
 * @param times in order, some of them ahead; no more than the limit's calls
 */
record CallTimes(AddressLimit limit, List<Instant> times) {
    /** Nobody stands that long in the queue: a time further ahead was taken before the clock was set back. */
    static final Duration LONGEST_QUEUE = Duration.ofMinutes(1);

    CallTimes {
        times = List.copyOf(times);
    }

    /**
     * What a file says. Where it is damaged, or of a clock that was set back since, nobody knows when calls were made: it is
     * taken that they all were made just now.
     *
     * @param text empty where none was ever made
     */
    static CallTimes parse(AddressLimit limit, String text, Instant now) {
        try {
            CallTimes read = new CallTimes(limit, times(text));
            boolean isPossible = read.times.size() <= limit.calls()
                    && read.times.stream().noneMatch(time -> time.isAfter(now.plus(LONGEST_QUEUE)));
            return isPossible && read.text().equals(text) ? read : justNow(limit, now);
        } catch (DateTimeException damaged) {
            return justNow(limit, now);
        }
    }

    private static CallTimes justNow(AddressLimit limit, Instant now) {
        return new CallTimes(limit, Collections.nCopies(limit.calls(), now));
    }

    private static List<Instant> times(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        return lines.subList(0, Math.max(0, lines.size() - 2)).stream()
                .map(Instant::parse)
                .toList();
    }

    /** With another call, as soon as it may be made. */
    CallTimes withNext(Instant now) {
        List<Instant> later = new ArrayList<>(times);
        Instant next = times.isEmpty() ? now : latest(now, times.get(times.size() - 1));
        if (times.size() == limit.calls()) {
            next = latest(next, later.remove(0).plus(limit.within()));
        }
        later.add(next);
        return new CallTimes(limit, later);
    }

    /** The last of them. */
    Instant last() {
        return times.get(times.size() - 1);
    }

    /** A line for each time, and one by which a damaged text is told; empty for none. */
    String text() {
        if (times.isEmpty()) {
            return "";
        }
        String lines = times.stream().map(time -> time + "\n").collect(Collectors.joining());
        CRC32 sum = new CRC32();
        sum.update(lines.getBytes(StandardCharsets.UTF_8));
        return lines + Long.toHexString(sum.getValue()) + "\n";
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
