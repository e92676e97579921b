package dev.jangbu.faults.proxy;

/**
 * Where a network fails, once; connections made after are let through.
 *
 * @param at which request it hits, counted from 1 over all connections
 * @param moment before the request has reached the server, or before its reply has reached the client
 * @param onlyCommits whether only requests to commit are counted
 * @param isWhole whether every connection is cut, or only the one of the request
 */
public record Cut(long at, Moment moment, boolean onlyCommits, boolean isWhole) {
    /** Never. */
    public static final Cut NONE = new Cut(Long.MAX_VALUE, Moment.BEFORE_REQUEST, false, true);

    /** Which of the two directions a request was in when it was lost. */
    public enum Moment {
        /** The server never hears of it. */
        BEFORE_REQUEST,
        /** The server has done it, and the client never learns. */
        BEFORE_REPLY
    }

    public Cut {
        if (at < 1) {
            throw new IllegalArgumentException("at: " + at + " (expected: 1 or more)");
        }
    }
}
