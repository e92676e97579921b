package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which product orders were ordered in a time, whatever became of them. The envelope of its answers is not documented, so
 * the ids are all that is taken from it.
 */
final class OrderList {
    private static final String PATH = "v1/pay-order/seller/product-orders";
    private static final int MOST = 300;

    private final ApiClient client;
    private final ZoneId zone;

    OrderList(ApiClient client, ZoneId zone) {
        this.client = client;
        this.zone = zone;
    }

    record Page(String timestamp, @Nullable Data data) {
        Page {
            Promised.present("timestamp", timestamp);
        }
    }

    record Data(List<Content> contents, @Nullable Pagination pagination) {
        Data {
            Promised.present("contents", contents);
        }

        boolean hasNext() {
            return pagination == null ? contents.size() == MOST : pagination.hasNext();
        }
    }

    record Pagination(boolean hasNext) {}

    record Content(
            @Nullable String productOrderId, @Nullable Whole content) {
        String id() {
            return productOrderId != null
                    ? productOrderId
                    : Promised.present("content", content).productOrder().productOrderId();
        }

        Content {
            if (productOrderId == null) {
                Promised.present("productOrderId", content);
            }
        }
    }

    record Whole(Id productOrder) {
        Whole {
            Promised.present("productOrder", productOrder);
        }
    }

    record Id(String productOrderId) {
        Id {
            Promised.present("productOrderId", productOrderId);
        }
    }

    Map<String, ProductOrder.@Nullable LastChange> of(List<Spans.Span> spans) throws NeedsAttention {
        Map<String, ProductOrder.@Nullable LastChange> ids = new LinkedHashMap<>();
        for (Spans.Span span : spans) {
            add(span, ids);
        }
        return ids;
    }

    private void add(Spans.Span span, Map<String, ProductOrder.@Nullable LastChange> ids) throws NeedsAttention {
        int page = 1;
        @Nullable Data data;
        do {
            ApiRequest call = ApiRequest.get(PATH)
                    .of(PATH)
                    .with("from", Spans.text(span.from(), zone))
                    .with("to", Spans.text(span.to(), zone))
                    .with("rangeType", "ORDERED_DATETIME")
                    .with("pageSize", MOST)
                    .with("page", page++);
            data = client.read(call, Page.class, Reply.Spelling.CAMEL).data();
            if (data != null) {
                data.contents().forEach(content -> ids.put(content.id(), null));
            }
        } while (data != null && data.hasNext());
    }
}
