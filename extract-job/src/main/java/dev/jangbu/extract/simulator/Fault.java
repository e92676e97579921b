package dev.jangbu.extract.simulator;

import java.util.Locale;

/** The kinds of fault that are planted, each named as the one check that finds it. */
enum Fault {
    REQUIRED_FIELDS,
    UNIQUE_EVENT_ID,
    VALUE_RANGE,
    FUNNEL_SEQUENCE,
    TIMESTAMP_VALID,
    ORDER_AMOUNT,
    PLATFORM_DEVICE;

    /** {@code required_fields}. */
    String check() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A record with it is rejected; the others are kept and flagged. */
    boolean isRejected() {
        return this != FUNNEL_SEQUENCE && this != PLATFORM_DEVICE;
    }
}
