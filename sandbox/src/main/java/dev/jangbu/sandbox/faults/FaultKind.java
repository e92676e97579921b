package dev.jangbu.sandbox.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can go wrong. */
public enum FaultKind {
    /** {@code status:503}: the platform's own failure, instead of an answer. */
    STATUS,
    /** SmartStore shuts the application out for a day. */
    QUOTA_HOURS,
    /** {@code delay:30s}: the answer comes late, in the machine's time. */
    DELAY,
    /** The connection is closed before the call is handled. */
    DROP_BEFORE_RESPONSE,
    /** A token is renewed, and the answer lost. */
    ROTATE_THEN_DROP,
    /** The answer ends in the middle. */
    TRUNCATED_JSON,
    /** A page about maintenance, with status 200. */
    HTML_200,
    /** The answer's list is empty. */
    EMPTY_ARRAY_ONCE,
    /** {@code missing_field:items}: the answer lacks it, wherever it stood. */
    MISSING_FIELD,
    /** The access token ends before the call is handled. */
    EXPIRE_TOKEN_MID_PAGING,
    /** Three orders come in before the call is handled. */
    INSERT_ROWS_MID_PAGING,
    /** {@code clock_skew:9m}: the platform's clock is ahead, or behind with a minus. */
    CLOCK_SKEW,
    /** The session ends; the page is shown, and left a moment later. */
    LATE_LOGIN_REDIRECT,
    /** The log-in asks for more than a password. */
    CAPTCHA,
    /** {@code layout:v2}: the page is laid out in another way. */
    LAYOUT,
    /** Rows stay as they are when the page is turned. */
    STALE_TABLE,
    /** The page counts more rows than there are. */
    COUNT_LIES,
    /** The mall's operator removes the app. */
    REVOKE_APP,
    /** {@code scope_removed:mall.read_product}: the token may do less. */
    SCOPE_REMOVED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of its text; the caller is told which there are. */
    static FaultKind parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: " + text + " (expected: "
                        + Arrays.stream(values()).map(FaultKind::text).collect(Collectors.joining(", ")) + ")"));
    }
}
