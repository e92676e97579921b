package dev.jangbu.extract.ga4;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of a property each day. Dimensions and metrics are fixed, as not all go together.
 *
 * @param record what a row of it is called where it lands
 */
record Report(String record, List<String> dimensions, List<String> metrics) {
    static final Report TRAFFIC = new Report(
            "traffic",
            List.of("date", "sessionDefaultChannelGroup", "sessionSource", "sessionMedium"),
            List.of("sessions", "totalUsers", "ecommercePurchases", "purchaseRevenue"));
    static final Report ITEMS = new Report(
            "item",
            List.of("date", "itemId", "itemName"),
            List.of("itemsViewed", "itemsAddedToCart", "itemsPurchased", "itemRevenue"));
    static final Report TRANSACTIONS = new Report(
            "transaction", List.of("date", "transactionId"), List.of("ecommercePurchases", "purchaseRevenue"));

    static final List<Report> ALL = List.of(TRAFFIC, ITEMS, TRANSACTIONS);

    Report {
        dimensions = List.copyOf(dimensions);
        metrics = List.copyOf(metrics);
    }

    /** As an answer has them. */
    List<String> columns() {
        return Stream.concat(dimensions.stream(), metrics.stream()).toList();
    }
}
