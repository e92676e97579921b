package dev.jangbu.transform.records;

import java.util.List;
import java.util.Locale;

/** The checks of records, in the order in which a rejected one is attributed to the first it failed. */
public enum RecordCheck {
    REQUIRED_FIELDS("null_check", false),
    UNIQUE_ITEM("duplicate_check", false),
    UNIQUE_SALE("duplicate_check", false),
    VALUE_RANGE("range_check", false),
    STATUS_KNOWN("vocabulary_check", true),
    TIMESTAMP_VALID("timestamp_check", false),
    AMOUNT_SUM("integrity_check", true),
    ORDER_CONSISTENT("consistency_check", true),
    CANCELED_AFTER_CREATED("consistency_check", true);

    /** All of them, in order. */
    public static final List<RecordCheck> ALL = List.of(values());

    private final String type;
    private final boolean loadable;
    private final String id = name().toLowerCase(Locale.ROOT);

    RecordCheck(String type, boolean loadable) {
        this.type = type;
        this.loadable = loadable;
    }

    /** The name in reports, logs and contract files: {@code required_fields}, … */
    public String id() {
        return id;
    }

    /** What kind of check it is: {@code null_check}, … */
    public String type() {
        return type;
    }

    /** Whether a record that fails it has rows that could be loaded all the same. */
    boolean isLoadable() {
        return loadable;
    }
}
