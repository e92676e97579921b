package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.Contract;
import dev.jangbu.sandbox.Running;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SamplesTest {
    private static final String FEBRUARY = "start_date=2026-02-01&end_date=2026-02-28&embed=items&limit=";

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void answersHoldWhatTheSamplesShow() {
        Operator operator = Operator.letIn();
        JsonNode many = operator.get("/admin/orders?" + FEBRUARY + "100").json().get("orders");
        String ids = many.valueStream()
                .map(order -> order.get("order_id").asString())
                .collect(Collectors.joining(","));

        Contract.requireFields(
                "cafe24-token", Operator.token(Operator.code(Operator.ALL)).json());
        Contract.requireFields(
                "cafe24-orders",
                Operator.letIn().get("/admin/orders?" + FEBRUARY + "1").json());
        Contract.requireFields(
                "cafe24-order-coupons",
                Operator.letIn().get("/admin/orders/coupons?order_id=" + ids).json());
        Contract.requireFields(
                "cafe24-products", Operator.letIn().get("/admin/products").json());
        Contract.requireFields(
                "cafe24-categories",
                Operator.letIn().get("/admin/categories?category_depth=2").json());
        Contract.requireFields(
                "cafe24-coupons", Operator.letIn().get("/admin/coupons").json());
    }
}
