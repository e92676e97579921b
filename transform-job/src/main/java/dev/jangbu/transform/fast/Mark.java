package dev.jangbu.transform.fast;

/** What is remembered of a kept record until the day has been read: its session, and whether it is doubtful by itself. */
final class Mark {
    /** The record was rejected, or is kept and of no interest any more. */
    static final int NONE = 0;

    /** Of a record without a session. */
    static final int NO_SESSION = -1;

    private Mark() {}

    static int of(int session, boolean isDoubtful) {
        return (session + 1) << 1 | (isDoubtful ? 1 : 0);
    }

    static int session(int mark) {
        return (mark >>> 1) - 1;
    }

    static boolean isDoubtful(int mark) {
        return (mark & 1) != 0;
    }
}
