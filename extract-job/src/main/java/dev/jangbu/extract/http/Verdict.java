package dev.jangbu.extract.http;

import java.time.Duration;

/**
 * What an answer that is no success means.
 *
 * @param kind how the extraction ends when nothing helps
 * @param repeat whether the call is made again
 * @param atLeast how long to wait before that, where the platform says so
 */
public record Verdict(FailureKind kind, Repeat repeat, Duration atLeast) {
    /** Whether and how often a call is made again. */
    public enum Repeat {
        NEVER,
        /** Once, with a renewed token. */
        WITH_NEW_TOKEN,
        /** After 2, 4, 8 seconds. */
        AFTER_ERROR,
        /** After 1, 2, 4, 8, 8, … seconds, up to ten calls: the platform is well, only we were too fast. */
        WHEN_SLOWER
    }

    public static Verdict never(FailureKind kind) {
        return new Verdict(kind, Repeat.NEVER, Duration.ZERO);
    }

    /** The platform asks to go slower. */
    public static Verdict slower(Duration atLeast) {
        return new Verdict(FailureKind.RATE_LIMIT, Repeat.WHEN_SLOWER, atLeast);
    }

    /** By the status alone, as it is for all platforms. */
    public static Verdict byStatus(Reply reply) {
        return switch (reply.status()) {
            case 401 -> new Verdict(FailureKind.AUTH, Repeat.WITH_NEW_TOKEN, Duration.ZERO);
            case 403 -> never(FailureKind.SCOPE);
            case 429 -> slower(reply.retryAfter());
            case 500, 502, 503, 504 -> new Verdict(FailureKind.UNAVAILABLE, Repeat.AFTER_ERROR, reply.retryAfter());
            default -> never(reply.status() < 400 ? FailureKind.SCHEMA : FailureKind.BAD_REQUEST);
        };
    }
}
