package dev.jangbu.sandbox.faults;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** A kind with its argument, such as {@code status:503}. */
public record Fault(FaultKind kind, String argument) {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(2);

    public Fault {
        requireArgument(kind, argument);
    }

    public static Fault parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Fault(FaultKind.parse(text), "")
                : new Fault(FaultKind.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    public int status() {
        return Integer.parseInt(argument);
    }

    /** Of {@code 30s}, {@code 9m}, {@code -9m} or {@code PT1H}. */
    public Duration duration() {
        return duration(argument);
    }

    private static void requireArgument(FaultKind kind, String argument) {
        switch (kind) {
            case STATUS -> require(argument.matches("[45]\\d\\d"), kind, argument, "400..599");
            case DELAY ->
                require(
                        duration(argument).compareTo(LONGEST_DELAY) <= 0
                                && !duration(argument).isNegative(),
                        kind,
                        argument,
                        "0s..2m");
            case CLOCK_SKEW -> duration(argument);
            case MISSING_FIELD -> require(!argument.isBlank(), kind, argument, "a field's name");
            case LAYOUT -> require(argument.matches("v1|v2|v3|broken"), kind, argument, "v1, v2, v3, broken");
            case QUOTA_HOURS,
                    DROP_BEFORE_RESPONSE,
                    ROTATE_THEN_DROP,
                    TRUNCATED_JSON,
                    HTML_200,
                    EMPTY_ARRAY_ONCE,
                    EXPIRE_TOKEN_MID_PAGING,
                    INSERT_ROWS_MID_PAGING,
                    LATE_LOGIN_REDIRECT,
                    CAPTCHA,
                    STALE_TABLE,
                    COUNT_LIES,
                    REVOKE_APP -> require(argument.isEmpty(), kind, argument, "no argument");
            case SCOPE_REMOVED -> require(!argument.contains(" "), kind, argument, "one scope, or none for all");
        }
    }

    private static Duration duration(String text) {
        String plain = text.startsWith("-") ? text.substring(1) : text;
        try {
            Duration duration = Duration.parse(plain.startsWith("P") ? plain : "PT" + plain.toUpperCase(Locale.ROOT));
            return text.startsWith("-") ? duration.negated() : duration;
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException("duration: " + text + " (expected: 30s, 9m, PT1H)", broken);
        }
    }

    private static void require(boolean isRight, FaultKind kind, String argument, String expected) {
        if (!isRight) {
            throw new IllegalArgumentException(kind.text() + ": " + argument + " (expected: " + expected + ")");
        }
    }
}
