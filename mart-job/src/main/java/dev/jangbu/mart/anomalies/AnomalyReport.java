package dev.jangbu.mart.anomalies;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The stores of a day with sales that do not fit; written as {@code reports/anomalies/<ds>.json}. */
record AnomalyReport(LocalDate businessDate, List<StoreAnomalies> stores) {
    /** What fits a screen. */
    private static final int MOST_LINES = 20;

    AnomalyReport {
        stores = List.copyOf(stores);
    }

    int sales() {
        return stores.stream().mapToInt(StoreAnomalies::sales).sum();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%s: %,d sales of %,d stores do not fit", businessDate, sales(), stores.size()));
        for (StoreAnomalies store : stores.subList(0, Math.min(MOST_LINES, stores.size()))) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s store %d: %,d, largest %,.0f won (%s)",
                    store.accountId(),
                    store.storeId(),
                    store.sales(),
                    store.largest().get(0).amountSale(),
                    store.rulesText()));
        }
        if (stores.size() > MOST_LINES) {
            lines.add("  and " + (stores.size() - MOST_LINES) + " stores more");
        }
        return lines;
    }
}
