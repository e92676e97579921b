package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.Contract;
import dev.jangbu.sandbox.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SamplesTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void answersHoldWhatTheSamplesShow() {
        Seller seller = Seller.letIn();
        JsonNode changed = seller.get(Seller.CHANGED + "?limitCount=1&lastChangedFrom="
                        + Seller.encoded("2026-03-01T09:00:00.000+09:00"))
                .json();
        String id = changed.at("/data/lastChangeStatuses/0/productOrderId").asString();

        Contract.requireFields(
                "naver-token", Seller.token(Seller.form("SELF", 0)).json());
        Contract.requireFields("naver-changed", changed);
        Contract.requireFields(
                "naver-details",
                seller.post(Seller.QUERY, Map.of("productOrderIds", List.of(id)))
                        .json());
        Contract.requireFields(
                "naver-products",
                seller.post("/v1/products/search", Map.of("size", 500)).json());
    }
}
