package dev.jangbu.extract.smartstore;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Product orders by their ids, written as they come. Ids that the platform leaves out are asked for once more. */
final class Details {
    private static final Logger log = LoggerFactory.getLogger(Details.class);
    private static final int MOST = 300;
    private static final String PATH = "v1/pay-order/seller/product-orders/query";

    private final ApiClient client;
    private final ShopAccess access;
    private final RecordWriter landing;
    private final Clock clock;

    Details(ApiClient client, ShopAccess access, RecordWriter landing) {
        this.client = client;
        this.access = access;
        this.landing = landing;
        this.clock = access.clock();
    }

    record Page(List<Detail> data) {
        Page {
            Promised.present("data", data);
        }
    }

    /** As it comes; the claims beside {@code currentClaim} are how it was told before. */
    record Detail(
            ProductOrder.Order order,
            ProductOrder.Item productOrder,
            ProductOrder.@Nullable Delivery delivery,
            ProductOrder.@Nullable Claims currentClaim,
            ProductOrder.@Nullable Claim cancel,
            @JsonProperty("return") ProductOrder.@Nullable Claim returned,
            ProductOrder.@Nullable Claim exchange) {
        Detail {
            Promised.present("order", order);
            Promised.present("productOrder", productOrder);
        }

        ProductOrder record(ShopAccess access, ProductOrder.@Nullable LastChange change) {
            return new ProductOrder(order.pseudonymous(access::customerKey), productOrder, delivery, claims(), change);
        }

        private ProductOrder.@Nullable Claims claims() {
            ProductOrder.Claims before = new ProductOrder.Claims(cancel, returned, exchange);
            return currentClaim != null || before.isEmpty() ? currentClaim : before;
        }
    }

    /**
     * Writes a line for each.
     *
     * @param wanted ids, with the change that led to them
     * @return how many the platform does not know
     */
    long write(Map<String, ProductOrder.@Nullable LastChange> wanted) throws NeedsAttention {
        Set<String> missing = written(List.copyOf(wanted.keySet()), wanted);
        Set<String> unknown = written(List.copyOf(missing), wanted);
        if (!unknown.isEmpty()) {
            log.warn(
                    "missing_ids={} of={} reason=\"the platform named them and does not tell them\"",
                    unknown.size(),
                    wanted.size());
        }
        return unknown.size();
    }

    private Set<String> written(List<String> ids, Map<String, ProductOrder.@Nullable LastChange> changes)
            throws NeedsAttention {
        Set<String> missing = new LinkedHashSet<>();
        for (int start = 0; start < ids.size(); start += MOST) {
            List<String> part = new ArrayList<>(ids.subList(start, Math.min(ids.size(), start + MOST)));
            Instant asked = clock.instant();
            Map<String, Object> body = Map.of("productOrderIds", part, "quantityClaimCompatibility", true);
            Page page = client.read(ApiRequest.search(PATH, body).of(PATH), Page.class, Reply.Spelling.CAMEL);
            for (Detail detail : page.data()) {
                String id = detail.productOrder().productOrderId();
                if (part.remove(id)) {
                    landing.write(detail.record(access, changes.get(id)), asked);
                }
            }
            missing.addAll(part);
        }
        return missing;
    }
}
