package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The items of a run by their ids: one id is one line of one order. The same line told again, as it was at another time, is
 * no repeat; which is the newer one is settled when they are loaded.
 */
final class SeenItems {
    private final Map<String, String> orders = new HashMap<>();
    private final Set<String> ofRecord = new HashSet<>();

    /** Starts a record. */
    void begin() {
        ofRecord.clear();
    }

    /** @param field that holds the item's id */
    void see(RecordFields item, String field, String itemId, String orderId) {
        String before = orders.putIfAbsent(itemId, orderId);
        if (!ofRecord.add(itemId)) {
            item.fail(RecordCheck.UNIQUE_ITEM, field, itemId, "each item once in an order");
        } else if (before != null && !before.equals(orderId)) {
            item.fail(RecordCheck.UNIQUE_ITEM, field, itemId, "an item of one order; it is in " + before + " too");
        }
    }
}
