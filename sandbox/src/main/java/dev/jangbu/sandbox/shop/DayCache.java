package dev.jangbu.sandbox.shop;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Days that were drawn, of all shops together: at most {@value #LIMIT} lines, about 0.7 kB each; those not
 * asked for in the longest time go first, and are drawn again when needed. Thread-safe.
 */
public final class DayCache {
    static final int LIMIT = 200_000;

    private record Key(String shop, Channel channel, LocalDate day) {}

    private final Map<Key, List<Order>> days = new LinkedHashMap<>(1_024, 0.75f, true);
    private long lines;

    List<Order> get(String shop, Channel channel, LocalDate day, Supplier<List<Order>> drawn) {
        Key key = new Key(shop, channel, day);
        List<Order> known = known(key);
        if (known != null) {
            return known;
        }
        List<Order> fresh = List.copyOf(drawn.get());
        keep(key, fresh);
        return fresh;
    }

    /** Lines kept now. */
    public synchronized long lines() {
        return lines;
    }

    private synchronized @Nullable List<Order> known(Key key) {
        return days.get(key);
    }

    private synchronized void keep(Key key, List<Order> orders) {
        if (days.putIfAbsent(key, orders) != null) {
            return;
        }
        lines += weight(orders);
        Iterator<List<Order>> oldest = days.values().iterator();
        while (lines > LIMIT && days.size() > 1) {
            lines -= weight(oldest.next());
            oldest.remove();
        }
    }

    private static long weight(List<Order> orders) {
        return 1 + orders.stream().mapToLong(order -> order.lines().size()).sum();
    }
}
