package dev.jangbu.transform.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.transform.coupons.Cafe24Coupons;
import dev.jangbu.transform.records.Mapped;
import dev.jangbu.transform.records.Samples;
import dev.jangbu.transform.records.SwappedJson;
import dev.jangbu.transform.refunds.Cafe24Refunds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products, categories, coupons and refunds, row for row. */
class CatalogueTest {
    private static final String PRODUCT = Samples.of("cafe24-product.json");
    private static final String LISTED = Samples.of("smartstore-product.json");
    private static final String COUPON = Samples.of("cafe24-coupon.json");
    private static final String REFUND = Samples.of("cafe24-refund.json");

    @Test
    void productOfCafe24IsARow() {
        Mapped mapped = Mapped.of("products", Cafe24Products::new, PRODUCT);
        assertThat(mapped.told()).isEmpty();
        assertThat(values(mapped.row("product")))
                .isEqualTo("a-1|21|P000000B|LS-01|린넨 셔츠|27|42000.00|35000.00|14000.00|ON_SALE||"
                        + "2026-01-05T01:00:00.000000Z|2026-02-20T09:22:10.000000Z");
        assertThat(Mapped.of("products", Cafe24Products::new, SwappedJson.of(PRODUCT)))
                .isEqualTo(mapped);
    }

    @ParameterizedTest
    @CsvSource({"F, F, T, ENDED", "T, F, T, HIDDEN", "T, T, T, SOLD_OUT", "T, T, F, ON_SALE"})
    void productOfCafe24CanBeBoughtOrNot(String selling, String display, String soldOut, String status) {
        String product = PRODUCT.replaceAll("\"selling\":\"\\w\"", "\"selling\":\"" + selling + "\"")
                .replaceAll("\"display\":\"\\w\"", "\"display\":\"" + display + "\"")
                .replaceAll("\"sold_out\":\"\\w\"", "\"sold_out\":\"" + soldOut + "\"");
        assertThat(Mapped.of("products", Cafe24Products::new, product).row("product"))
                .containsEntry("status", status);
    }

    @Test
    void categoryOfCafe24KnowsTheWayToIt() {
        String category = Samples.of("cafe24-category.json");
        assertThat(values(Mapped.of("products", Cafe24Products::new, category).row("category")))
                .isEqualTo("a-1|27|24|2|셔츠|상의 > 셔츠");
        assertThat(values(Mapped.of(
                                "products",
                                Cafe24Products::new,
                                category.replace("\"parent_category_no\":24", "\"parent_category_no\":1"))
                        .row("category")))
                .isEqualTo("a-1|27||2|셔츠|상의 > 셔츠");
    }

    @Test
    void anotherShopOfTheMallHasIdsOfItsOwn() {
        String category = Samples.of("cafe24-category.json");
        assertThat(values(Mapped.of("products", Cafe24Products::new, inSecondShop(PRODUCT))
                        .row("product")))
                .startsWith("a-1|2:21|P000000B|LS-01|린넨 셔츠|2:27|");
        assertThat(values(Mapped.of("products", Cafe24Products::new, inSecondShop(category))
                        .row("category")))
                .isEqualTo("a-1|2:27|2:24|2|셔츠|상의 > 셔츠");
    }

    private static String inSecondShop(String record) {
        return record.replaceFirst("\"(product|category)\":\\{(\"shop_no\":1,)?", "\"$1\":{\"shop_no\":\"2\",");
    }

    @Test
    void productOfSmartstoreBringsItsCategoriesOnce() {
        SmartstoreProducts mapper = new SmartstoreProducts(Mapped.shop());
        Mapped first = Mapped.of("products", shop -> mapper, LISTED);
        assertThat(first.rows().stream().map(CatalogueTest::values))
                .containsExactly(
                        "a-1|90001|80001|LS-01|린넨 셔츠|50000803|32000.00|29000.00||ON_SALE|40|"
                                + "2026-01-05T01:00:00.000000Z|2026-02-20T09:22:10.000000Z",
                        "a-1|50000000||1|패션의류|패션의류",
                        "a-1|50000167|50000000|2|여성의류|패션의류 > 여성의류",
                        "a-1|50000803|50000167|3|셔츠|패션의류 > 여성의류 > 셔츠");
        assertThat(Mapped.of("products", shop -> mapper, LISTED).tables()).containsExactly("product");
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE, ON, ENDED",
        "PROHIBITION, ON, ENDED",
        "SUSPENSION, ON, ENDED",
        "REJECTION, ON, ENDED",
        "OUTOFSTOCK, ON, SOLD_OUT",
        "WAIT, ON, HIDDEN",
        "UNADMISSION, ON, HIDDEN",
        "SALE, OFF, HIDDEN",
        "SALE, ON, ON_SALE",
        "NEW, ON, UNKNOWN"
    })
    void productOfSmartstoreCanBeBoughtOrNot(String told, String display, String status) {
        Mapped mapped = Mapped.of(
                "products",
                SmartstoreProducts::new,
                LISTED.replace("\"SALE\"", "\"" + told + "\"").replace("\"ON\"", "\"" + display + "\""));
        assertThat(mapped.row("product")).containsEntry("status", status);
        assertThat(mapped.told().isEmpty()).isEqualTo(!status.equals("UNKNOWN"));
    }

    @Test
    void couponIsARow() {
        Mapped mapped = Mapped.of("coupons", Cafe24Coupons::new, COUPON);
        assertThat(mapped.told()).isEmpty();
        assertThat(values(mapped.row("coupon")))
                .isEqualTo("a-1|6069019282400000101|봄맞이 5천원|AMOUNT|5000.00||30000.00|2026-02-28T15:00:00.000000Z|"
                        + "2026-03-31T14:59:59.000000Z|120|false|2026-02-24T15:00:00.000000Z");
    }

    @ParameterizedTest
    @CsvSource({"A, AMOUNT", "B, PERCENT", "C, POINT", "D, POINT", "E, SHIPPING", "J, SHIPPING", "F, OTHER", "X, OTHER"
    })
    void couponBringsWhatItsKindSays(String type, String kind) {
        Mapped mapped = Mapped.of(
                "coupons",
                Cafe24Coupons::new,
                COUPON.replace("\"benefit_type\":\"A\"", "\"benefit_type\":\"" + type + "\"")
                        .replace("\"benefit_percentage\":null", "\"benefit_percentage\":\"10.00\""));
        assertThat(mapped.row("coupon")).containsEntry("benefit_kind", kind).containsEntry("benefit_value", "10.00");
        assertThat(mapped.told())
                .isEqualTo(
                        type.equals("X")
                                ? Map.of("status_known", "benefit_type: X (expected: one of A to J)")
                                : Map.of());
    }

    @Test
    void refundIsARow() {
        Mapped mapped = Mapped.of("refunds", Cafe24Refunds::new, REFUND);
        assertThat(mapped.told()).isEmpty();
        assertThat(values(mapped.row("refund")))
                .isEqualTo(
                        "a-1|R20260302-01|20260302-0000013|20260302-0000013-01 20260302-0000013-02|45000.00|500.00|DONE|"
                                + "2026-03-03T01:00:00.000000Z|2026-03-04T02:00:00.000000Z");
        assertThat(Mapped.of("refunds", Cafe24Refunds::new, REFUND.replace("\"T\"", "\"W\""))
                        .told())
                .isEqualTo(Map.of("status_known", "status: W (expected: T or F)"));
    }

    private static String values(Map<String, String> row) {
        return String.join("|", row.values().stream().limit(row.size() - 2L).toList());
    }
}
