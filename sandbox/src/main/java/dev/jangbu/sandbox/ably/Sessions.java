package dev.jangbu.sandbox.ably;

import dev.jangbu.sandbox.account.AblySeller;
import dev.jangbu.sandbox.shop.Draw;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who is logged in, and who tried too often. Keeps the last 2,000 sessions. Thread-safe. */
final class Sessions {
    private static final Duration LIFE = Duration.ofHours(12);
    private static final int TRIES = 5;
    private static final int LIMIT = 2_000;

    private record Session(AblySeller seller, Instant expiresAt) {}

    private final long seed;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private long opened;

    Sessions(long seed) {
        this.seed = seed;
    }

    synchronized String open(AblySeller seller, Instant now) {
        if (sessions.size() >= LIMIT) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        failures.remove(seller.email());
        opened++;
        String id = "sbxS%016x"
                .formatted(Draw.of(seed, "session", seller.email(), opened).next());
        sessions.put(id, new Session(seller, now.plus(LIFE)));
        return id;
    }

    synchronized Optional<AblySeller> seller(String id, Instant now) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> now.isBefore(session.expiresAt()))
                .map(Session::seller);
    }

    synchronized void close(String id) {
        sessions.remove(id);
    }

    synchronized void countFailure(String email) {
        failures.merge(email, 1, Integer::sum);
    }

    /** Five wrong passwords, and the account stays shut. */
    synchronized boolean isLocked(String email) {
        return failures.getOrDefault(email, 0) >= TRIES;
    }
}
