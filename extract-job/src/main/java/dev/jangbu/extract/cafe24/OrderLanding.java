package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lands each order of a run once, with the coupons used on it. */
final class OrderLanding {
    private static final int IDS_A_CALL = 50;

    private final ShopAccess access;
    private final RecordWriter landing;
    private final boolean isSmartStoreLeftOut;
    private final Set<String> seen = new HashSet<>();
    private long leftOut;

    /** @param isSmartStoreLeftOut whether orders that an import brought from there are another account's */
    OrderLanding(ShopAccess access, RecordWriter landing, boolean isSmartStoreLeftOut) {
        this.access = access;
        this.landing = landing;
        this.isSmartStoreLeftOut = isSmartStoreLeftOut;
    }

    /** Where the orders of one of the mall's shops go. */
    ListReader.Sink<Order> of(ListReader shop) {
        return (rows, observedAt) -> take(shop, rows, observedAt);
    }

    private void take(ListReader shop, List<Order> rows, Instant observedAt) throws NeedsAttention {
        List<Order> fresh = new ArrayList<>();
        for (Order order : rows) {
            if (!seen.add(order.orderId())) {
                continue;
            }
            if (isSmartStoreLeftOut && order.isOfSmartStore()) {
                leftOut++;
                continue;
            }
            fresh.add(order);
        }
        Map<String, List<OrderCoupon>> coupons = coupons(
                shop,
                fresh.stream().filter(Order::mayHaveCoupons).map(Order::orderId).toList());
        fresh.forEach(order -> land(order, coupons.getOrDefault(order.orderId(), List.of()), observedAt));
    }

    /** Whether the order was read in this run. */
    boolean isSeen(String orderId) {
        return seen.contains(orderId);
    }

    /** Orders of SmartStore that were left out. */
    long leftOut() {
        return leftOut;
    }

    private void land(Order order, List<OrderCoupon> coupons, Instant observedAt) {
        landing.write(new LandedOrder(order, access.customerKey(order.memberId()), coupons), observedAt);
    }

    private Map<String, List<OrderCoupon>> coupons(ListReader lists, List<String> orderIds) throws NeedsAttention {
        Map<String, List<OrderCoupon>> byOrder = new HashMap<>();
        for (int from = 0; from < orderIds.size(); from += IDS_A_CALL) {
            List<String> some = orderIds.subList(from, Math.min(from + IDS_A_CALL, orderIds.size()));
            lists.readPages(
                    Listing.ORDER_COUPONS,
                    Map.of("order_id", String.join(",", some)),
                    (rows, observedAt) ->
                            rows.forEach(coupon -> byOrder.computeIfAbsent(coupon.orderId(), id -> new ArrayList<>())
                                    .add(coupon)));
        }
        return byOrder;
    }
}
