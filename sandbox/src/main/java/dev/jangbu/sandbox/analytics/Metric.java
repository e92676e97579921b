package dev.jangbu.sandbox.analytics;

import java.util.Arrays;
import java.util.Optional;

/** What is counted. Purchases go with sessions and with transactions. */
enum Metric {
    SESSIONS("sessions", Scope.SESSION, "TYPE_INTEGER"),
    TOTAL_USERS("totalUsers", Scope.SESSION, "TYPE_INTEGER"),
    NEW_USERS("newUsers", Scope.SESSION, "TYPE_INTEGER"),
    VIEWS("screenPageViews", Scope.SESSION, "TYPE_INTEGER"),
    PURCHASES("ecommercePurchases", Scope.ANY, "TYPE_INTEGER"),
    REVENUE("purchaseRevenue", Scope.ANY, "TYPE_CURRENCY"),
    ITEMS_VIEWED("itemsViewed", Scope.ITEM, "TYPE_INTEGER"),
    ITEMS_ADDED("itemsAddedToCart", Scope.ITEM, "TYPE_INTEGER"),
    ITEMS_PURCHASED("itemsPurchased", Scope.ITEM, "TYPE_INTEGER"),
    ITEM_REVENUE("itemRevenue", Scope.ITEM, "TYPE_CURRENCY");

    private final String apiName;
    private final Scope scope;
    private final String type;

    Metric(String apiName, Scope scope, String type) {
        this.apiName = apiName;
        this.scope = scope;
        this.type = type;
    }

    String apiName() {
        return apiName;
    }

    Scope scope() {
        return scope;
    }

    String type() {
        return type;
    }

    static Optional<Metric> find(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.apiName.equals(name))
                .findFirst();
    }
}
