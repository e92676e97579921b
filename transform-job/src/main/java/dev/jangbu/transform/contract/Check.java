package dev.jangbu.transform.contract;

import java.util.List;
import java.util.Locale;

/** The seven checks, in the order in which a rejected record is attributed to the first it failed. */
public enum Check {
    REQUIRED_FIELDS("null_check"),
    UNIQUE_EVENT_ID("duplicate_check"),
    VALUE_RANGE("range_check"),
    FUNNEL_SEQUENCE("sequence_check"),
    TIMESTAMP_VALID("timestamp_check"),
    ORDER_AMOUNT("integrity_check"),
    PLATFORM_DEVICE("consistency_check");

    /** All of them, in order. */
    public static final List<Check> ALL = List.of(values());

    private final String type;
    private final String id;

    Check(String type) {
        this.type = type;
        this.id = name().toLowerCase(Locale.ROOT);
    }

    /** The name in reports, logs and contract files: {@code required_fields}, … */
    public String id() {
        return id;
    }

    /** What kind of check it is: {@code null_check}, … */
    public String type() {
        return type;
    }
}
