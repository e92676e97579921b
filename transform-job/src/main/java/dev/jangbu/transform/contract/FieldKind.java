package dev.jangbu.transform.contract;

/** How the value of a field is written and judged. */
public enum FieldKind {
    /** A UUID of 36 characters, compared in lower case. */
    UUID,
    /** One of a closed list of words. */
    WORD,
    /** 1 to 64 characters of {@code [A-Za-z0-9._:-]}, off or on the contract's own pattern. */
    ID,
    /** A time of day as ISO 8601. */
    TIME,
    /** Free text up to a length in code points. */
    TEXT,
    /** A whole number. */
    INTEGER,
    /** Exact decimal money with at most two decimals. */
    AMOUNT,
    BOOLEAN,
    /** An object, or a string holding one. */
    OBJECT
}
