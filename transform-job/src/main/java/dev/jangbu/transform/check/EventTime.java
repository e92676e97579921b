package dev.jangbu.transform.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as producers write it: {@code YYYY-MM-DDThh:mm[:ss[.f{1,9}]][Z|±hh:mm]}, with {@code T} or a blank; without an
 * offset it is local time in the business zone. No 24:00, no leap second, no {@code infinity}.
 */
public final class EventTime {
    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2})"
            + "(?::(\\d{2})(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d{2}:\\d{2})?");
    private static final int MICRO = 6;

    private EventTime() {}

    /** The instant, its fraction cut to microseconds; empty when it is none. */
    public static Optional<Instant> parse(String text, ZoneId zone) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    parts.group(6) == null ? 0 : number(parts, 6),
                    nanos(parts.group(7)));
            String offset = parts.group(8);
            return Optional.of(
                    offset == null ? local.atZone(zone).toInstant() : local.toInstant(ZoneOffset.of(offset)));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        String micros = (fraction + "000000").substring(0, MICRO);
        return Integer.parseInt(micros) * 1000;
    }
}
