package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A product as lists have it; its category is asked for apart. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Product(
        String productNo,
        @Nullable String shopNo,
        @Nullable String productCode,
        @Nullable String customProductCode,
        @Nullable String productName,
        @Nullable BigDecimal priceExcludingTax,
        @Nullable BigDecimal price,
        @Nullable BigDecimal retailPrice,
        @Nullable BigDecimal supplyPrice,
        @Nullable String display,
        @Nullable String selling,
        @Nullable String soldOut,
        @Nullable String productCondition,
        @Nullable String createdDate,
        @Nullable String updatedDate)
        implements OfShop {
    Product {
        Long.parseLong(present("product_no", productNo));
    }

    long number() {
        return Long.parseLong(productNo);
    }
}
