package dev.jangbu.extract.simulator;

/** The kinds of fault that are planted. Each fails exactly one check. */
enum Fault {
    MISSING_FIELD("required_fields", true),
    UNREADABLE_LINE("required_fields", true),
    REPEATED_EVENT("unique_event_id", true),
    WRONG_VALUE("value_range", true),
    BROKEN_FUNNEL("funnel_sequence", false),
    WRONG_TIME("timestamp_valid", true),
    WRONG_AMOUNT("order_amount", true),
    WRONG_PLATFORM("platform_device", false);

    private final String check;
    private final boolean rejected;

    Fault(String check, boolean rejected) {
        this.check = check;
        this.rejected = rejected;
    }

    /** The check that finds it. */
    String check() {
        return check;
    }

    /** A record with it is rejected; the others are kept and flagged. */
    boolean isRejected() {
        return rejected;
    }
}
