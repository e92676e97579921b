package dev.jangbu.mart.sales;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * All the page shows.
 *
 * @param day the last one shown
 * @param today in the business zone when it was written
 * @param freshness of each shop's accounts, by shop
 */
record SalesDashboard(
        LocalDate day,
        LocalDate today,
        List<ShopSales> shops,
        Map<String, List<Freshness>> freshness,
        Instant writtenAt) {
    SalesDashboard {
        shops = List.copyOf(shops);
        freshness = Map.copyOf(freshness);
    }

    List<Period> periods() {
        return Period.of(day, today);
    }

    List<Freshness> freshness(String tenant) {
        return freshness.getOrDefault(tenant, List.of());
    }
}
