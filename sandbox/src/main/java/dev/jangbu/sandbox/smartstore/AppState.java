package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.account.SmartStore;
import dev.jangbu.sandbox.shop.Draw;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What an application remembers: its tokens, a bucket for each endpoint, and until when it is shut out. Thread-safe. */
final class AppState {
    static final Duration LIFE = Duration.ofHours(3);
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final Duration SHUT_OUT = Duration.ofHours(24);

    /** A token and how long it is good for. */
    record Issued(String token, Instant expiresAt) {}

    private final SmartStore store;
    private final long seed;
    private final Map<String, Issued> newest = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, TokenBucket> buckets = new TreeMap<>();
    private Instant shutOutUntil = Instant.EPOCH;
    private long issued;

    AppState(SmartStore store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    SmartStore store() {
        return store;
    }

    /** The same token while it has half an hour left; then a new one, and the old one stays good until its end. */
    synchronized Issued token(String type, Instant now) {
        tokens.values().removeIf(end -> now.isAfter(end.plus(LIFE)));
        Issued known = newest.get(type);
        if (known != null && !now.plus(KEPT).isAfter(known.expiresAt())) {
            return known;
        }
        issued++;
        String text = "sbxN-%016x"
                .formatted(Draw.of(seed, "token", store.clientId(), issued).next());
        Issued fresh = new Issued(text, now.plus(LIFE));
        newest.put(type, fresh);
        tokens.put(text, fresh.expiresAt());
        return fresh;
    }

    synchronized boolean isAlive(String token, Instant now) {
        Instant end = tokens.get(token);
        return end != null && now.isBefore(end);
    }

    /** Whether it issued the token, even if that has ended. */
    synchronized boolean knows(String token) {
        return tokens.containsKey(token);
    }

    synchronized void expireAll() {
        tokens.replaceAll((token, end) -> Instant.EPOCH);
        newest.clear();
    }

    synchronized void shutOut(Instant now) {
        shutOutUntil = now.plus(SHUT_OUT);
    }

    synchronized boolean isShutOut(Instant now) {
        return now.isBefore(shutOutUntil);
    }

    /** Whether the endpoint takes one more, and what its headers say. */
    synchronized boolean admits(String endpoint, Instant now) {
        return buckets.computeIfAbsent(endpoint, name -> new TokenBucket()).admits(now);
    }

    synchronized Map<String, String> headers(String endpoint) {
        TokenBucket bucket = buckets.computeIfAbsent(endpoint, name -> new TokenBucket());
        return Map.of(
                "GNCP-GW-RateLimit-Replenish-Rate", String.valueOf(TokenBucket.RATE),
                "GNCP-GW-RateLimit-Burst-Capacity", String.valueOf(TokenBucket.BURST),
                "GNCP-GW-RateLimit-Remaining", String.valueOf(bucket.left()));
    }
}
