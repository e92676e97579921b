package dev.jangbu.extract.cafe24;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A product as it lands.
 *
 * @param product with its fields, then the deepest category it is shown in
 */
record LandedProduct(Shown product) {
    static LandedProduct of(Product product, @Nullable String categoryNo) {
        return new LandedProduct(new Shown(product, categoryNo));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(@JsonUnwrapped Product product, @Nullable String categoryNo) {}
}
