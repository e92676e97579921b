package dev.jangbu.sandbox.analytics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All rows of a report, before any page is cut from it. */
record Report(List<Row> rows, boolean hasOther, boolean isThresholded) {
    private static final int FEW_USERS = 3;

    /** Values in the order they were asked for. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(List<String> dimensions, long[] metrics) {}

    static Report of(ReportRequest request, Traffic traffic, boolean isThresholding) {
        Map<List<String>, Sum> sums = new HashMap<>();
        request.from().datesUntil(request.to().plusDays(1)).forEach(day -> {
            for (Fact fact : traffic.of(day, request.scope())) {
                List<String> key = request.dimensions().stream().map(fact::get).toList();
                sums.computeIfAbsent(key, any -> new Sum(request)).add(fact);
            }
        });
        List<Row> rows = new ArrayList<>();
        boolean isWithheld = false;
        for (Map.Entry<List<String>, Sum> entry : sums.entrySet()) {
            Sum sum = entry.getValue();
            if (isThresholding && request.scope() == Scope.SESSION && sum.isOfFew()) {
                isWithheld = true;
            } else if (request.isKeepingEmptyRows() || sum.isSomething()) {
                rows.add(new Row(entry.getKey(), sum.counts));
            }
        }
        rows.sort(order(request));
        boolean hasOther = request.from().datesUntil(request.to().plusDays(1)).anyMatch(traffic::hasOther);
        return new Report(rows, hasOther && request.scope() == Scope.SESSION, isWithheld);
    }

    /** Without an order by every dimension, pages of ties are as they come: each offset cuts from another shuffle. */
    List<Row> page(ReportRequest request) {
        List<Row> from = rows;
        if (request.orders().isEmpty() && request.offset() > 0) {
            from = new ArrayList<>(rows);
            Collections.rotate(from, request.offset() / 2 + 1);
        }
        int start = Math.min(request.offset(), from.size());
        return from.subList(start, (int) Math.min((long) start + request.limit(), from.size()));
    }

    private static Comparator<Row> order(ReportRequest request) {
        int dimensions = request.dimensions().size();
        Comparator<Row> order = (one, other) -> compare(one.dimensions(), other.dimensions());
        for (ReportRequest.Order by : reversed(request.orders())) {
            Comparator<Row> next = by.place() < dimensions
                    ? Comparator.comparing(row -> row.dimensions().get(by.place()))
                    : Comparator.comparingLong(row -> row.metrics()[by.place() - dimensions]);
            order = (by.isDescending() ? next.reversed() : next).thenComparing(order);
        }
        return order;
    }

    private static List<ReportRequest.Order> reversed(List<ReportRequest.Order> orders) {
        List<ReportRequest.Order> reversed = new ArrayList<>(orders);
        Collections.reverse(reversed);
        return reversed;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int place = 0; place < one.size(); place++) {
            int compared = one.get(place).compareTo(other.get(place));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** Users are not summed: who came twice is one. */
    private static final class Sum {
        private final List<Metric> metrics;
        private final long[] counts;
        private long users;
        private int visited;

        Sum(ReportRequest request) {
            metrics = request.metrics();
            counts = new long[metrics.size()];
        }

        void add(Fact fact) {
            users += fact.get(Metric.TOTAL_USERS);
            visited += fact.get(Metric.SESSIONS) > 0 ? 1 : 0;
            for (int place = 0; place < counts.length; place++) {
                counts[place] += fact.get(metrics.get(place));
                if (metrics.get(place) == Metric.TOTAL_USERS) {
                    counts[place] = visited > 1 ? users * 9 / 10 : users;
                }
            }
        }

        boolean isOfFew() {
            return users < FEW_USERS;
        }

        boolean isSomething() {
            for (long count : counts) {
                if (count != 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
