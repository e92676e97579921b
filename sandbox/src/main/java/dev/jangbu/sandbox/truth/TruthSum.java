package dev.jangbu.sandbox.truth;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rows of one channel, day and status together. */
public record TruthSum(
        String channel, LocalDate day, String status, int lines, int orders, long units, long gross, long net) {
    private record Key(String channel, LocalDate day, String status) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byChannel = channel.compareTo(other.channel);
            int byDay = day.compareTo(other.day);
            return byChannel != 0 ? byChannel : byDay != 0 ? byDay : status.compareTo(other.status);
        }
    }

    /** By channel, day and status. */
    public static List<TruthSum> of(List<TruthRow> rows) {
        Map<Key, List<TruthRow>> groups = new TreeMap<>();
        for (TruthRow row : rows) {
            groups.computeIfAbsent(new Key(row.channel(), row.day(), row.status()), key -> new ArrayList<>())
                    .add(row);
        }
        List<TruthSum> sums = new ArrayList<>();
        groups.forEach((key, group) -> sums.add(of(key, group)));
        return sums;
    }

    private static TruthSum of(Key key, List<TruthRow> rows) {
        Set<String> orders = new HashSet<>();
        rows.forEach(row -> orders.add(row.shop() + " " + row.orderId()));
        return new TruthSum(
                key.channel(),
                key.day(),
                key.status(),
                rows.size(),
                orders.size(),
                rows.stream().mapToLong(TruthRow::quantity).sum(),
                rows.stream().mapToLong(TruthRow::lineGross).sum(),
                rows.stream().mapToLong(TruthRow::lineNet).sum());
    }
}
