package dev.jangbu.sandbox.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** The last 50,000 calls, and counts of all. Thread-safe. */
public final class Journal {
    /** Older entries are dropped; the counts are of all. */
    public static final int LIMIT = 50_000;

    private record Account(String channel, String name) implements Comparable<Account> {
        @Override
        public int compareTo(Account other) {
            int byChannel = channel.compareTo(other.channel);
            return byChannel == 0 ? name.compareTo(other.name) : byChannel;
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<Account, Counted> counts = new TreeMap<>();
    private long number;

    /** Hands the entry its number. */
    public synchronized void add(LongFunction<Entry> numbered) {
        Entry entry = numbered.apply(++number);
        entries.addLast(entry);
        if (entries.size() > LIMIT) {
            entries.removeFirst();
        }
        counts.computeIfAbsent(new Account(entry.channel(), entry.account()), account -> new Counted())
                .add(entry);
    }

    /** The kept entries after that number, oldest first. */
    public synchronized List<Entry> after(long seen) {
        return entries.stream().filter(entry -> entry.number() > seen).toList();
    }

    public synchronized long count() {
        return number;
    }

    /** By channel, then account. */
    public synchronized List<AccountStats> stats() {
        List<AccountStats> all = new ArrayList<>();
        counts.forEach((account, counted) -> all.add(counted.stats(account.channel(), account.name())));
        return all;
    }
}
