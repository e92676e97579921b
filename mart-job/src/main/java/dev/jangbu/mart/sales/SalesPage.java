package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Page;
import dev.jangbu.mart.page.Words;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;

/** The sales as one HTML page: each shop's figures in the order an owner asks, and how fresh they are. */
final class SalesPage {
    private final SalesDashboard dashboard;

    private SalesPage(SalesDashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** @param zone the business zone, for the time the page was written */
    static String html(SalesDashboard dashboard, ZoneId zone) {
        String shops = dashboard.shops().stream()
                .map(ShopSales::tenant)
                .distinct()
                .limit(4)
                .collect(Collectors.joining(", "));
        String range = dashboard.day() + (shops.isEmpty() ? "" : " · " + shops);
        return Page.of(new Words("매출 현황", "Sales"), range)
                .html(
                        "장부 Jangbu · 매출 현황 Sales · " + dashboard.day(),
                        new SalesPage(dashboard)::write,
                        dashboard.writtenAt(),
                        zone);
    }

    private void write(Markup markup) {
        if (dashboard.shops().isEmpty()) {
            markup.leaf(
                    "p",
                    new Words(
                            dashboard.day() + "까지 집계된 매출이 없습니다.",
                            "No sales are counted up to " + dashboard.day() + "."),
                    "class",
                    "lead");
        }
        for (ShopSales shop : dashboard.shops()) {
            new ShopSection(markup, dashboard, shop).write();
        }
        dashboard.freshness().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(tenant -> new FreshnessSection(markup, tenant.getKey(), tenant.getValue()).write());
    }
}
