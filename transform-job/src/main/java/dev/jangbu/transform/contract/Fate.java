package dev.jangbu.transform.contract;

/** What becomes of a record that fails a check. */
public enum Fate {
    /** It goes to the rejects. */
    REJECT,
    /** It stays, flagged, if PostgreSQL can hold it. */
    KEEP
}
