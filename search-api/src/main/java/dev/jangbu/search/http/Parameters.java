package dev.jangbu.search.http;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query, each checked when it is asked for. One a route does not have, or one given twice,
 * is refused: a filter that is misspelt must not answer with everything. A parameter without text is none.
 */
public final class Parameters {
    /** How many rows a page has unless it is asked for more or fewer. */
    public static final int USUAL_LIMIT = 100;

    /** The most rows of one page. */
    public static final int HIGHEST_LIMIT = 1_000;

    private static final int LONGEST_TEXT = 200;
    private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter PLAIN_DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private final Map<String, String> given;

    private Parameters(Map<String, String> given) {
        this.given = given;
    }

    /** @throws ProblemException for a parameter that is not among the known ones, or is there twice */
    public static Parameters of(HttpServletRequest request, List<String> known) {
        Set<String> names = new TreeSet<>(known);
        Map<String, String> given = new TreeMap<>();
        for (Map.Entry<String, String[]> entry : request.getParameterMap().entrySet()) {
            if (!names.contains(entry.getKey())) {
                throw ProblemException.badValue(
                        "parameter", entry.getKey(), known.isEmpty() ? "none" : String.join(", ", known));
            }
            if (entry.getValue().length != 1) {
                throw ProblemException.badValue(entry.getKey(), String.join(", ", entry.getValue()), "it once");
            }
            if (!entry.getValue()[0].isBlank()) {
                given.put(entry.getKey(), entry.getValue()[0].strip());
            }
        }
        return new Parameters(given);
    }

    public Map<String, String> all() {
        return Map.copyOf(given);
    }

    public @Nullable String text(String name) {
        String value = given.get(name);
        if (value != null && (value.length() > LONGEST_TEXT || value.indexOf('\0') >= 0)) {
            throw ProblemException.badValue(name, value, "text of at most " + LONGEST_TEXT + " characters");
        }
        return value;
    }

    public @Nullable String oneOf(String name, List<String> known) {
        String value = given.get(name);
        if (value != null && !known.contains(value)) {
            throw ProblemException.badValue(name, value, String.join(", ", known));
        }
        return value;
    }

    public @Nullable Long number(String name) {
        String value = given.get(name);
        return value == null ? null : number(name, value);
    }

    /** @throws ProblemException for what is no whole number of 18 digits or fewer */
    public static long number(String name, String value) {
        if (!value.matches("-?[0-9]{1,18}") && !value.matches("[0-9]{19}")) {
            throw ProblemException.badValue(name, value, "a whole number such as 50");
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException tooLarge) {
            throw ProblemException.badValue(name, value, "a whole number up to 9223372036854775807");
        }
    }

    public @Nullable BigDecimal amount(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        String plain = value.matches("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?") ? value.replace(",", "") : value;
        if (!plain.matches("-?[0-9]{1,12}(\\.[0-9]{1,2})?")) {
            throw ProblemException.badValue(name, value, "an amount such as 12000");
        }
        return new BigDecimal(plain);
    }

    public @Nullable Boolean yesOrNo(String name) {
        String value = oneOf(name, List.of("true", "false"));
        return value == null ? null : Boolean.valueOf(value);
    }

    public @Nullable LocalDate day(String name) {
        return day(name, DAY, "a date such as 2026-01-15");
    }

    /** As the earlier system wrote it: 20260115. */
    public @Nullable LocalDate plainDay(String name) {
        return day(name, PLAIN_DAY, "a date such as 20260115");
    }

    /** @throws ProblemException when it is not there */
    public <T> T required(String name, @Nullable T value, String expected) {
        if (value == null) {
            throw ProblemException.badValue(name, "none", expected);
        }
        return value;
    }

    /** @throws ProblemException when {@code to} is before {@code from} */
    public void requireOrder(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw ProblemException.badValue("to", to.toString(), from + " or later");
        }
    }

    public int limit() {
        String value = given.get("limit");
        if (value == null) {
            return USUAL_LIMIT;
        }
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > HIGHEST_LIMIT) {
            throw ProblemException.badValue("limit", value, "1.." + HIGHEST_LIMIT);
        }
        return Integer.parseInt(value);
    }

    /** The place the last page ended at; null for the first page. */
    public @Nullable Cursor cursor() {
        String value = given.get("cursor");
        return value == null ? null : Cursor.parse(value, filters());
    }

    /** What a cursor is good for: these filters and no others. */
    public String filters() {
        Map<String, String> filters = new TreeMap<>(given);
        filters.remove("cursor");
        filters.remove("limit");
        return filters.toString();
    }

    private @Nullable LocalDate day(String name, DateTimeFormatter format, String expected) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(value, format);
            if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
                return day;
            }
        } catch (DateTimeException notADate) {
            // Told below.
        }
        throw ProblemException.badValue(name, value, expected);
    }
}
