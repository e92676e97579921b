package dev.jangbu.load.retention;

import java.time.LocalDate;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something is kept.
 *
 * @param text as the policy has it: {@code 90d}, {@code 6m}, {@code 5y}
 */
public record Keep(String text, Period period) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([dmy])");

    /** @throws IllegalArgumentException when it is no period */
    static Keep parse(String at, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(at + ": " + text + " (expected: a period such as 90d, 6m or 5y)");
        }
        int number = Integer.parseInt(form.group(1));
        Period period =
                switch (form.group(2)) {
                    case "d" -> Period.ofDays(number);
                    case "m" -> Period.ofMonths(number);
                    default -> Period.ofYears(number);
                };
        return new Keep(text, period);
    }

    /** The first business date that is still kept on a day. */
    public LocalDate firstKept(LocalDate asOf) {
        return asOf.minus(period);
    }

    /** For PostgreSQL: {@code P5Y}. */
    public String interval() {
        return period.toString();
    }
}
