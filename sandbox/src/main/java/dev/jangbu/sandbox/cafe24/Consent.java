package dev.jangbu.sandbox.cafe24;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the operator agreed to; the code for it is good for a minute, once. */
record Consent(String redirectUri, List<String> scopes, Instant at) {
    private static final Duration LIFE = Duration.ofMinutes(1);

    Consent {
        scopes = List.copyOf(scopes);
    }

    boolean isAlive(Instant now) {
        return !now.isAfter(at.plus(LIFE));
    }
}
