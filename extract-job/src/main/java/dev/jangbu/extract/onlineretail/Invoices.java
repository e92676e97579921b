package dev.jangbu.extract.onlineretail;

import dev.jangbu.extract.onlineretail.Unmatched.Reason;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The lines of the files, put together: orders by invoice, and each line of a cancellation taken off earlier sales of the
 * same stock code to the same customer, the latest first, several where one has not enough. A line is taken off whole or
 * not at all. Holds all lines.
 */
final class Invoices {
    private final Map<String, List<Sale>> orders;
    private final List<Unmatched> unmatched;
    private final long cancellations;

    private Invoices(Map<String, List<Sale>> orders, List<Unmatched> unmatched, long cancellations) {
        this.orders = orders;
        this.unmatched = unmatched;
        this.cancellations = cancellations;
    }

    private record Purchase(String customer, String stockCode) {}

    /** @param lines in the order of the files */
    static Invoices of(List<InvoiceLine> lines) {
        Map<String, List<Sale>> orders = new LinkedHashMap<>();
        Map<InvoiceLine, Sale> sales = new HashMap<>();
        for (InvoiceLine line : lines) {
            if (!line.isCancellation()) {
                Sale sale = new Sale(line);
                orders.computeIfAbsent(line.invoice(), none -> new ArrayList<>())
                        .add(sale);
                sales.put(line, sale);
            }
        }
        List<InvoiceLine> inTime = lines.stream()
                .sorted(Comparator.comparing(
                        InvoiceLine::at, Comparator.nullsLast(Comparator.<LocalDateTime>naturalOrder())))
                .toList();
        Map<Purchase, Deque<Sale>> bought = new HashMap<>();
        List<Unmatched> unmatched = new ArrayList<>();
        long cancellations = 0;
        for (InvoiceLine line : inTime) {
            Purchase purchase = new Purchase(line.customer(), line.stockCode());
            if (line.isCancellation()) {
                cancellations++;
                takeBack(line, bought.getOrDefault(purchase, new ArrayDeque<>()), unmatched);
            } else if (!line.customer().isEmpty() && line.at() != null) {
                bought.computeIfAbsent(purchase, none -> new ArrayDeque<>())
                        .addFirst(Objects.requireNonNull(sales.get(line)));
            }
        }
        return new Invoices(orders, unmatched, cancellations);
    }

    /** The lines of each invoice that is no cancellation, in the order of the files. */
    Collection<List<Sale>> orders() {
        return List.copyOf(orders.values());
    }

    /** In the order of time. */
    List<Unmatched> unmatched() {
        return List.copyOf(unmatched);
    }

    /** Lines of cancellations, matched or not. */
    long cancellations() {
        return cancellations;
    }

    private static void takeBack(InvoiceLine cancellation, Deque<Sale> latestFirst, List<Unmatched> unmatched) {
        OptionalLong pieces = cancellation.pieces();
        long left = latestFirst.stream().mapToLong(Sale::left).sum();
        if (pieces.isEmpty() || pieces.getAsLong() >= 0 || cancellation.at() == null) {
            unmatched.add(new Unmatched(cancellation, Reason.UNREADABLE));
        } else if (cancellation.customer().isEmpty()) {
            unmatched.add(new Unmatched(cancellation, Reason.NO_CUSTOMER));
        } else if (latestFirst.isEmpty()) {
            unmatched.add(new Unmatched(cancellation, Reason.NO_EARLIER_SALE));
        } else if (left < -pieces.getAsLong()) {
            unmatched.add(new Unmatched(cancellation, Reason.NOT_ENOUGH_LEFT));
        } else {
            takeOff(cancellation, -pieces.getAsLong(), latestFirst);
        }
    }

    private static void takeOff(InvoiceLine cancellation, long pieces, Deque<Sale> latestFirst) {
        long open = pieces;
        for (Sale sale : latestFirst) {
            long taken = Math.min(open, sale.left());
            if (taken > 0) {
                sale.takeBack(taken, cancellation);
                open -= taken;
            }
        }
    }
}
