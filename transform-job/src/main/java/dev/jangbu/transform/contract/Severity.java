package dev.jangbu.transform.contract;

/** What a check below its threshold means for the day. */
public enum Severity {
    /** The day fails. */
    FAIL,
    /** The report says so, the day goes on. */
    WARN
}
