package dev.jangbu.extract.cafe24;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Days in a row, both ends included. */
record Days(LocalDate first, LocalDate last) {
    /** A call may ask for three months; this is always less. */
    static final int LONGEST = 89;

    Days {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last: " + last + " (expected: " + first + " or later)");
        }
    }

    long length() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** In windows of at most so many days, the newest first. */
    List<Days> windows(int longest) {
        List<Days> windows = new ArrayList<>();
        LocalDate end = last;
        while (!end.isBefore(first)) {
            LocalDate start = end.minusDays(longest - 1L);
            windows.add(new Days(start.isBefore(first) ? first : start, end));
            end = start.minusDays(1);
        }
        return windows;
    }

    /** Two halves of days that are more than one. */
    List<Days> halves() {
        LocalDate middle = first.plusDays((length() - 1) / 2);
        return List.of(new Days(middle.plusDays(1), last), new Days(first, middle));
    }

    /** As parameters. */
    Map<String, Object> parameters(String start, String end) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(start, first);
        parameters.put(end, last);
        return parameters;
    }
}
