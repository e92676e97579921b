package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which product orders changed, each with its latest change. Deliveries are not told; sellers report that other changes are
 * missed at times as well.
 */
final class ChangeFeed {
    private static final String PATH = "v1/pay-order/seller/product-orders/last-changed-statuses";
    private static final int MOST = 300;

    private final ApiClient client;
    private final ZoneId zone;

    ChangeFeed(ApiClient client, ZoneId zone) {
        this.client = client;
        this.zone = zone;
    }

    /** Without rows there is no {@code data} at all; the rest is always there. */
    record Page(String timestamp, String traceId, @Nullable Data data) {
        Page {
            Promised.present("timestamp", timestamp);
            Promised.present("traceId", traceId);
        }
    }

    record Data(@Nullable Integer count, @Nullable More more, List<Row> lastChangeStatuses) {
        Data {
            Promised.present("lastChangeStatuses", lastChangeStatuses);
        }
    }

    record More(String moreFrom, String moreSequence) {
        More {
            Promised.present("moreFrom", moreFrom);
            Promised.present("moreSequence", moreSequence);
        }
    }

    record Row(String productOrderId, String lastChangedType, String lastChangedDate) {
        Row {
            Promised.present("productOrderId", productOrderId);
            Promised.present("lastChangedType", lastChangedType);
            Promised.present("lastChangedDate", lastChangedDate);
        }
    }

    /** Of the spans, in their order; of one that changed in several the last change. */
    Map<String, ProductOrder.@Nullable LastChange> of(List<Spans.Span> spans) throws NeedsAttention {
        Map<String, ProductOrder.@Nullable LastChange> changes = new LinkedHashMap<>();
        for (Spans.Span span : spans) {
            add(span, changes);
        }
        return changes;
    }

    private void add(Spans.Span span, Map<String, ProductOrder.@Nullable LastChange> changes) throws NeedsAttention {
        @Nullable More next = null;
        do {
            @Nullable Data data = page(span, next);
            if (data == null) {
                return;
            }
            data.lastChangeStatuses()
                    .forEach(row -> changes.put(
                            row.productOrderId(),
                            new ProductOrder.LastChange(row.lastChangedType(), row.lastChangedDate())));
            if (data.more() != null && data.more().equals(next)) {
                throw FailureKind.SCHEMA.failure("GET " + PATH + ": more is the page that was just read");
            }
            next = data.more();
        } while (next != null);
    }

    private @Nullable Data page(Spans.Span span, @Nullable More next) throws NeedsAttention {
        ApiRequest call = ApiRequest.get(PATH)
                .of(PATH)
                .with("lastChangedFrom", next == null ? Spans.text(span.from(), zone) : next.moreFrom());
        if (next != null) {
            call = call.with("moreSequence", next.moreSequence());
        }
        call = call.with("lastChangedTo", Spans.text(span.to(), zone)).with("limitCount", MOST);
        @Nullable
        Data data = client.read(call, Page.class, Reply.Spelling.CAMEL).data();
        if (data != null
                && data.count() != null
                && data.count() != data.lastChangeStatuses().size()) {
            throw FailureKind.COUNT_MISMATCH.failure(call + ": rows: "
                    + data.lastChangeStatuses().size() + " (expected: " + data.count() + ", its count)");
        }
        return data;
    }
}
