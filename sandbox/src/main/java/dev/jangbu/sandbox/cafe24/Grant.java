package dev.jangbu.sandbox.cafe24;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a token stands for. */
record Grant(List<String> scopes, Instant expiresAt) {
    static final Duration ACCESS = Duration.ofHours(2);
    static final Duration REFRESH = Duration.ofDays(14);

    Grant {
        scopes = List.copyOf(scopes);
    }

    boolean isAlive(Instant now) {
        return now.isBefore(expiresAt);
    }
}
