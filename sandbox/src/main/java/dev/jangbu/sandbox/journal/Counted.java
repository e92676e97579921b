package dev.jangbu.sandbox.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** The calls of one account. Guarded by the journal. */
final class Counted {
    private static final int WINDOW = 1_000;

    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Deque<Long>> recent = new TreeMap<>();
    private long calls;
    private long tokenCalls;
    private long whileBlocked;
    private int most;
    private int mostOfEndpoint;

    void add(Entry entry) {
        calls++;
        statuses.merge(entry.status(), 1L, Long::sum);
        tokenCalls += entry.isTokenCall() ? 1 : 0;
        whileBlocked += entry.isWhileBlocked() ? 1 : 0;
        most = Math.max(most, inSecond("", entry.atMillis()));
        mostOfEndpoint = Math.max(mostOfEndpoint, inSecond(entry.method() + " " + entry.path(), entry.atMillis()));
    }

    /** How many calls were made in the second that ends now. */
    private int inSecond(String endpoint, long now) {
        if (recent.size() > WINDOW) {
            recent.values().removeIf(Deque::isEmpty);
            recent.keySet().removeIf(name -> recent.size() > WINDOW && !name.isEmpty());
        }
        Deque<Long> times = recent.computeIfAbsent(endpoint, name -> new ArrayDeque<>());
        times.addLast(now);
        while (times.size() > WINDOW || Math.abs(now - times.peekFirst()) >= 1_000) {
            times.removeFirst();
        }
        return times.size();
    }

    AccountStats stats(String channel, String account) {
        return new AccountStats(
                channel,
                account,
                calls,
                tokenCalls,
                statuses.getOrDefault(429, 0L),
                whileBlocked,
                most,
                mostOfEndpoint,
                Map.copyOf(statuses));
    }
}
