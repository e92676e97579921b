package dev.jangbu.transform.replay;

/** What the rules made of a selected line. */
public enum Fate {
    /** A line that passes by itself. */
    CORRECTED("put right"),
    /** No rule changed it. */
    NO_RULE("no rule changed it"),
    /** Changed, and still rejected by itself. Nothing is kept of a correction that does not help. */
    STILL_FAILING("still failing after the rules"),
    /** It repeats the event id of another line, and the rules left that id. */
    REPEATED("repeats an event id"),
    /** Longer than a record may be. */
    TOO_LONG("longer than a record may be");

    private final String meaning;

    Fate(String meaning) {
        this.meaning = meaning;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    /** The name in summaries: {@code still_failing}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
