package dev.jangbu.sandbox.account;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Service accounts that were drawn; a key takes a second, so they outlast a reset. Thread-safe. */
public final class Keys {
    private static final int LIMIT = 100;

    private record Name(long seed, String project) {}

    private final Map<Name, ServiceAccount> drawn = new ConcurrentHashMap<>();

    ServiceAccount of(long seed, String project) {
        if (drawn.size() > LIMIT) {
            drawn.clear();
        }
        return drawn.computeIfAbsent(new Name(seed, project), name -> ServiceAccount.drawn(seed, project));
    }
}
