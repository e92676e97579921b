package dev.jangbu.sandbox.cafe24;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many calls and 600 s of processing in ten minutes; who calls on while shut out waits ten seconds longer for each
 * call. A call counts as 50 ms and a third of a millisecond for each row, whatever it took. Guarded by its mall.
 */
final class Quota {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long PROCESSING_MILLIS = 600_000;
    private static final Duration PENALTY = Duration.ofSeconds(10);

    private final int limit;
    private Instant windowEnd = Instant.EPOCH;
    private Instant blockedUntil = Instant.EPOCH;
    private long calls;
    private double millis;

    Quota(int limit) {
        this.limit = limit;
    }

    /** Whether the call may be made; a call that may not makes the wait longer. */
    boolean admits(Instant now) {
        if (now.isBefore(blockedUntil)) {
            blockedUntil = blockedUntil.plus(PENALTY);
            return false;
        }
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            calls = 0;
            millis = 0;
        }
        if (calls >= limit || millis >= PROCESSING_MILLIS) {
            blockedUntil = windowEnd;
            return false;
        }
        calls++;
        millis += 50;
        return true;
    }

    void addRows(int rows) {
        millis += rows / 3.0;
    }

    Map<String, String> headers(Instant now) {
        long remain = Math.max(0, (Duration.between(now, blockedUntil).toMillis() + 999) / 1_000);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Cafe24-Call-Usage", String.valueOf(calls * 100 / limit));
        headers.put("X-Cafe24-Time-Usage", String.valueOf((long) (millis * 100 / PROCESSING_MILLIS)));
        if (remain > 0) {
            headers.put("X-Cafe24-Call-Remain", String.valueOf(remain));
            headers.put("X-Cafe24-Time-Remain", String.valueOf(remain));
        }
        return headers;
    }
}
