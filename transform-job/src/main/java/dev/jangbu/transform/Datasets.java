package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.transform.cards.CardSales;
import dev.jangbu.transform.cards.FileSales;
import dev.jangbu.transform.coupons.Cafe24Coupons;
import dev.jangbu.transform.orders.AblyOrders;
import dev.jangbu.transform.orders.Cafe24Orders;
import dev.jangbu.transform.orders.OnlineRetailOrders;
import dev.jangbu.transform.orders.SmartstoreOrders;
import dev.jangbu.transform.products.Cafe24Products;
import dev.jangbu.transform.products.SmartstoreProducts;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.refunds.Cafe24Refunds;
import dev.jangbu.transform.traffic.DailyTraffic;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The datasets of records, and who reads which profile of them. */
final class Datasets {
    private static final Map<String, Map<String, Function<Shop, RecordMapper>>> MAPPERS = Map.of(
            "orders",
            Map.of(
                    "cafe24", Cafe24Orders::new,
                    "smartstore", SmartstoreOrders::new,
                    "ably", AblyOrders::new,
                    "online-retail", OnlineRetailOrders::new),
            "refunds",
            Map.of("cafe24", Cafe24Refunds::new),
            "products",
            Map.of("cafe24", Cafe24Products::new, "smartstore", SmartstoreProducts::new),
            "coupons",
            Map.of("cafe24", Cafe24Coupons::new),
            "web-traffic",
            Map.of("ga4", DailyTraffic::ga4, "ua", DailyTraffic::ua),
            "card-sales",
            Map.of("mysql", CardSales::new, "purchase-cards", FileSales::new, "files", FileSales::new));

    /** In the order in which a shop's day is gone through. */
    static final List<String> OF_ACCOUNTS =
            List.of("orders", "refunds", "products", "coupons", "web-traffic", "card-sales");

    private Datasets() {}

    /**
     * Reads the records of a profile.
     *
     * @param where the profile stands, for the message
     * @throws JobFailure when nobody does
     */
    static RecordMapper mapper(String dataset, String profile, Shop shop, Object where) {
        Map<String, Function<Shop, RecordMapper>> ofDataset = MAPPERS.getOrDefault(dataset, Map.of());
        @Nullable Function<Shop, RecordMapper> mapper = ofDataset.get(profile);
        if (mapper == null) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "profile in " + where + ": " + profile + " (expected: one of "
                            + String.join(", ", new TreeSet<>(ofDataset.keySet())) + ")");
        }
        return mapper.apply(shop);
    }
}
