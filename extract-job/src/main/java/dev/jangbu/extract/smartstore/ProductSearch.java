package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.window.RecordWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** All products of the store, whatever their state: a complete scan, or a failure. */
final class ProductSearch {
    private static final String PATH = "v1/products/search";
    private static final int MOST = 500;
    private static final List<String> STATUSES =
            List.of("WAIT", "SALE", "OUTOFSTOCK", "UNADMISSION", "REJECTION", "SUSPENSION", "CLOSE", "PROHIBITION");

    private final ApiClient client;
    private final Clock clock;

    ProductSearch(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    record Page(
            List<Content> contents,
            Long totalElements,
            @Nullable Integer totalPages,
            @Nullable Boolean last) {
        Page {
            Promised.present("contents", contents);
            Promised.present("totalElements", totalElements);
        }

        boolean isLast(int page) {
            return Boolean.TRUE.equals(last) || contents.isEmpty() || (totalPages != null && page >= totalPages);
        }
    }

    record Content(List<ChannelProduct> channelProducts) {
        Content {
            Promised.present("channelProducts", channelProducts);
        }
    }

    /** A product as it is sold; with the platform's names. */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record ChannelProduct(
            @Nullable String originProductNo,
            String channelProductNo,
            @Nullable String channelServiceType,
            @Nullable String categoryId,
            @Nullable String wholeCategoryId,
            @Nullable String wholeCategoryName,
            @Nullable String name,
            @Nullable String sellerManagementCode,
            @Nullable String statusType,
            @Nullable String channelProductDisplayStatusType,
            @Nullable BigDecimal salePrice,
            @Nullable BigDecimal discountedPrice,
            @Nullable BigDecimal mobileDiscountedPrice,
            @Nullable BigDecimal stockQuantity,
            @Nullable BigDecimal deliveryFee,
            @Nullable BigDecimal returnFee,
            @Nullable BigDecimal exchangeFee,
            @Nullable String regDate,
            @Nullable String modifiedDate) {
        ChannelProduct {
            Promised.present("channelProductNo", channelProductNo);
        }
    }

    Map<String, Long> write(RecordWriter landing) throws NeedsAttention {
        long found = 0;
        int number = 0;
        Page page;
        do {
            number++;
            Instant asked = clock.instant();
            page = client.read(request(number), Page.class, Reply.Spelling.CAMEL);
            page.contents()
                    .forEach(content -> content.channelProducts().forEach(product -> landing.write(product, asked)));
            found += page.contents().size();
        } while (!page.isLast(number));
        if (found != page.totalElements()) {
            throw FailureKind.COUNT_MISMATCH.failure("POST " + PATH + ": products: " + found + " (expected: "
                    + page.totalElements() + ", its total); run again");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("count_expected", found);
        counts.put("complete", 1L);
        return counts;
    }

    /** How many there are; one call. */
    long count() throws NeedsAttention {
        return client.read(request(1), Page.class, Reply.Spelling.CAMEL).totalElements();
    }

    private static ApiRequest request(int page) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("productStatusTypes", STATUSES);
        body.put("page", page);
        body.put("size", MOST);
        body.put("orderType", "NO");
        return ApiRequest.search(PATH, body).of(PATH);
    }
}
