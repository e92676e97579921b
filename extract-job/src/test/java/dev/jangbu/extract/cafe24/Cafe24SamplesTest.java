package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.http.Replies;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.kit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The documentation's answers, read and written again. */
class Cafe24SamplesTest {
    @Test
    void anOrderKeepsWhatItMayAndLosesWhoItIsOf() throws IOException {
        Order order = read("orders", Answers.Orders.class).orders().get(0);

        String line = Json.line(new LandedOrder(order, "k", List.of()));

        assertThat(line)
                .contains(
                        "\"order_id\":\"20260302-0000013\"",
                        "\"customer_key\":\"k\"",
                        "\"order_item_code\":\"20260302-0000013-02\"",
                        "\"payment_amount\":53000.00",
                        "\"initial_order_amount\":{\"order_price_amount\":55000.00")
                .doesNotContain("buyer07", "member_", "billing");
        assertThat(order.memberId()).isEqualTo("buyer07");
        assertThat(order.items()).hasSize(2);
        assertThat(read("orders", Answers.Orders.class).hasNext()).isTrue();
    }

    @Test
    void theOthersAreReadToo() throws IOException {
        assertThat(read("order-coupons", Answers.OrderCoupons.class).coupons())
                .extracting(OrderCoupon::orderId)
                .containsExactly("20260302-0000013");
        assertThat(read("products", Answers.Products.class).products())
                .extracting(Product::number)
                .containsExactly(21L);
        assertThat(Json.line(new Category.Landed(read("categories", Answers.Categories.class)
                        .categories()
                        .get(0))))
                .contains("{\"category\":{\"category_no\":\"27\"", "\"full_category_no\":{\"1\":\"24\",\"2\":\"27\"");
        assertThat(read("coupons", Answers.Coupons.class).coupons())
                .extracting(Coupon::couponNo)
                .containsExactly("6069019282400000101");
        assertThat(Json.line(read("refunds", Answers.Refunds.class).refunds().get(0)))
                .contains("\"actual_refund_amount\":30000.00")
                .doesNotContain("bank", "ignored");
    }

    @Test
    void aProductLandsWithItsCategoryInside() throws IOException {
        Product product = read("products", Answers.Products.class).products().get(0);

        assertThat(Json.line(LandedProduct.of(product, "27")))
                .startsWith("{\"product\":{\"product_no\":\"21\",")
                .endsWith("\"category_no\":\"27\"}}");
    }

    @Test
    void numbersAndTextsMayChangePlaces() throws IOException {
        String swapped = text("orders")
                .replaceAll("\"(\\d+\\.\\d\\d)\"", "$1")
                .replace("\"quantity\": 1", "\"quantity\": \"1\"")
                .replace("\"product_no\": 21", "\"product_no\": \"21\"")
                .replace("\"shop_no\": 1", "\"shop_no\": \"1\"");
        Order order = reply(swapped)
                .read(Answers.Orders.class, Reply.Spelling.SNAKE)
                .orders()
                .get(0);

        assertThat(swapped).isNotEqualTo(text("orders"));
        assertThat(order)
                .isEqualTo(read("orders", Answers.Orders.class).orders().get(0));
    }

    @Test
    void timesOfTokensAreKorean() throws IOException {
        assertThat(read("token", TokenAnswer.class).token().accessExpiresAt()).hasToString("2026-03-02T02:00:00Z");
        assertThat(KoreanTime.parse("2026-03-02T11:00:00+09:00")).hasToString("2026-03-02T02:00:00Z");
        assertThat(read("token", TokenAnswer.class))
                .hasToString("TokenAnswer[mall.read_category, mall.read_product,"
                        + " mall.read_order, mall.read_promotion]");
    }

    @Test
    void anOrderWithoutItemsIsNotAsPromised() {
        assertThatThrownBy(() ->
                        reply("{\"orders\":[{\"order_id\":\"1\"}]}").read(Answers.Orders.class, Reply.Spelling.SNAKE))
                .hasMessageStartingWith("SCHEMA: ")
                .hasMessageContaining("items: missing");
    }

    private static <T> T read(String sample, Class<T> type) throws IOException {
        return reply(text(sample)).read(type, Reply.Spelling.SNAKE);
    }

    private static Reply reply(String body) {
        return Replies.of(body);
    }

    private static String text(String sample) throws IOException {
        try (InputStream in = Cafe24SamplesTest.class.getResourceAsStream("samples/" + sample + ".json")) {
            return new String(Objects.requireNonNull(in, sample).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
