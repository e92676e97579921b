package dev.jangbu.sandbox.analytics;

import java.util.Arrays;
import java.util.Optional;

/** What rows can be broken down by. */
enum Dimension {
    DATE("date", Scope.ANY),
    CHANNEL_GROUP("sessionDefaultChannelGroup", Scope.SESSION),
    SOURCE("sessionSource", Scope.SESSION),
    MEDIUM("sessionMedium", Scope.SESSION),
    DEVICE("deviceCategory", Scope.SESSION),
    TRANSACTION("transactionId", Scope.TRANSACTION),
    ITEM_ID("itemId", Scope.ITEM),
    ITEM_NAME("itemName", Scope.ITEM);

    private final String apiName;
    private final Scope scope;

    Dimension(String apiName, Scope scope) {
        this.apiName = apiName;
        this.scope = scope;
    }

    String apiName() {
        return apiName;
    }

    Scope scope() {
        return scope;
    }

    static Optional<Dimension> find(String name) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.apiName.equals(name))
                .findFirst();
    }
}
