package dev.jangbu.extract.ga4;

import java.util.List;
import java.util.stream.Stream;

/** What is asked of a property each day. Dimensions and metrics are fixed, as not all go together. */
enum Report {
    TRAFFIC(
            "traffic",
            List.of("date", "sessionDefaultChannelGroup", "sessionSource", "sessionMedium"),
            List.of("sessions", "totalUsers", "ecommercePurchases", "purchaseRevenue")),
    ITEMS(
            "item",
            List.of("date", "itemId", "itemName"),
            List.of("itemsViewed", "itemsAddedToCart", "itemsPurchased", "itemRevenue")),
    TRANSACTIONS("transaction", List.of("date", "transactionId"), List.of("ecommercePurchases", "purchaseRevenue"));

    private final String record;
    private final List<String> dimensions;
    private final List<String> metrics;

    Report(String record, List<String> dimensions, List<String> metrics) {
        this.record = record;
        this.dimensions = dimensions;
        this.metrics = metrics;
    }

    /** What a row of it is called where it lands. */
    String record() {
        return record;
    }

    List<String> dimensions() {
        return dimensions;
    }

    List<String> metrics() {
        return metrics;
    }

    /** As an answer has them. */
    List<String> columns() {
        return Stream.concat(dimensions.stream(), metrics.stream()).toList();
    }
}
