package dev.jangbu.faults.fault;

/** How thorough a torture is. */
public enum Depth {
    /** Minutes: in every build. */
    SHORT,
    /** As many rounds as a release asks for. */
    LONG
}
