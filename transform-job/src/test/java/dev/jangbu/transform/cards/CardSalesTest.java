package dev.jangbu.transform.cards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.records.Mapped;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardSalesTest {
    private static final String SALE = Samples.of("card-sale.json");

    @Test
    void saleIsARowOfTheSeoulDay() {
        Mapped mapped = Mapped.of("card-sales", CardSales::new, SALE);
        assertThat(mapped.told()).isEmpty();
        assertThat(String.join("|", mapped.row("card_sale").values()))
                .startsWith("a-1|4711|2026-02-27T00:58:01.000001Z|2026-02-27T00:58:01.000001Z|점심, \"세트\"|30012345|신한카드"
                        + "|credit|5310-12**-****-3456|0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
                        + "|12000.00|264.00|11736.00|false|2026-02-26T15:58:00.000000Z|2026-03-01T15:00:00.000000Z"
                        + "|{\"terminal\":\"T-1\",\"seq\":7}|van-a|88|50|0000|정상||approved|done|2026-02-27|");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "id":4711 | "id":null | required_fields | id: absent (expected: a value)
            "id":4711 | "id":-4 | value_range | id: -4 (expected: a whole number in 0..9223372036854775807)
            "store_id":50 | "store_id":null | required_fields | store_id: absent (expected: a value)
            "is_canceled":false | "is_canceled":null | required_fields | is_canceled: absent (expected: a value)
            "amount_sale":12000 | "amount_sale":12002 | amount_sum | amount_sale: 12002 (expected: amount_fee and amount_deposit, 12000, within 1)
            "is_canceled":false | "is_canceled":true | canceled_after_created | modified: 2026-02-27T00:58:01.000001Z (expected: after 2026-02-27T00:58:01.000001Z, when it was created, for it is cancelled)
            "2026-02-27T00:58:00" | "2026-02-30T00:58:00" | timestamp_valid | sold_at: 2026-02-30T00:58:00 (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)
            5310-12**-****-3456 | 5310-1234-5678-3456 | value_range | card_number: (not shown) (expected: masked, with at most 10 digits)
            T-1 | 4111111111111111 | value_range | raw_data: (not shown) (expected: no card number in it)
            """)
    void whatIsWrongIsToldByItsCheck(String right, String wrong, String check, String told) {
        assertThat(Mapped.of("card-sales", CardSales::new, SALE.replace(right, wrong))
                        .told())
                .isEqualTo(Map.of(check, told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "amount_sale":12000 | "amount_sale":11999
            "amount_fee":264 | "amount_fee":null
            T-1 | 4111111111111112
            T-1 | 41111111111111111111
            """)
    void whatIsRightIsNotTold(String sample, String asRight) {
        assertThat(Mapped.of("card-sales", CardSales::new, SALE.replace(sample, asRight))
                        .told())
                .isEmpty();
    }

    @Test
    void aSaleAgainIsAnotherVersionOnlyWhereItChangedLater() {
        RecordMapper mapper = new CardSales(Mapped.shop());
        String other = SALE.replace("4711", "5000");
        String later =
                SALE.replace("\"modified\":\"2026-02-27T09:58:01.000001\"", "\"modified\":\"2026-02-27T10:00:00\"");
        assertThat(told(mapper, SALE)).isEmpty();
        assertThat(told(mapper, other)).isEmpty();
        assertThat(told(mapper, SALE))
                .isEqualTo(Map.of("unique_sale", "id: 4711 (expected: once, or again changed later)"));
        assertThat(told(mapper, later)).isEmpty();
        assertThat(told(mapper, later))
                .isEqualTo(Map.of("unique_sale", "id: 4711 (expected: once, or again changed later)"));
    }

    @Test
    void keysAreToldApartHoweverManyAndWhereverTheyLie() {
        SeenSales seen = new SeenSales();
        assertThat(seen.see(Long.MAX_VALUE, 1)).isTrue();
        for (long id = 0; id < 20_000; id++) {
            assertThat(seen.see(id * 37, 0)).isTrue();
            assertThat(seen.see(Long.MAX_VALUE - 1 - id * 65, 0)).isTrue();
        }
        for (long id = 0; id < 20_000; id++) {
            assertThat(seen.see(id * 37, 0)).isFalse();
            assertThat(seen.see(Long.MAX_VALUE - 1 - id * 65, 0)).isFalse();
        }
    }

    @Test
    void comparisonTellsOfSalesThatAreNoMoreAndOfMonths() {
        assertThat(String.join(
                        "|",
                        Mapped.of("card-sales", CardSales::new, "{\"vanished_id\":4711}")
                                .row("card_sale_vanished")
                                .values()))
                .startsWith("a-1|4711|");
        String month = """
                {"month":"2026-02","stored_rows":12,"source_rows":10,"stored_checksum":"ab","source_checksum":"cd"}""";
        assertThat(String.join(
                        "|",
                        Mapped.of("card-sales", CardSales::new, month)
                                .row("card_month")
                                .values()))
                .startsWith("a-1|2026-02-01|12|10|ab|cd|");
        assertThat(Mapped.of("card-sales", CardSales::new, month.replace("2026-02", "2026-13"))
                        .told())
                .isEqualTo(Map.of("timestamp_valid", "month: 2026-13 (expected: YYYY-MM)"));
    }

    @Test
    void saleOfAFileHasItsStoreWithItOnce() {
        String sale = Samples.of("card-sale-of-file.json").replace("-72.61", "72.61");
        RecordMapper mapper = new FileSales(Mapped.shop());
        Mapped first = Mapped.of("card-sales", mapper, Json.mapper().readTree(sale));
        assertThat(first.told()).isEmpty();
        assertThat(first.tables()).containsExactly("card_sale", "card_store");
        assertThat(String.join("|", first.row("card_store").values())).startsWith("a-1|9|shell kings 587|");
        assertThat(Mapped.of("card-sales", mapper, Json.mapper().readTree(sale.replace("912", "913")))
                        .tables())
                .containsExactly("card_sale");
        assertThat(told(mapper, sale)).isEqualTo(Map.of("unique_sale", "id: 912 (expected: once)"));
    }

    @Test
    void onlyFilesOfPurchaseCardsMayHaveNegativeAmounts() {
        assertThat(Mapped.of("card-sales", FileSales::new, Samples.of("card-sale-of-file.json"))
                        .told())
                .isEqualTo(Map.of(
                        "value_range",
                        "amount_sale: -72.61 (expected: an amount in 0..999999999999 with at most two decimals)"));
    }

    private static Map<String, String> told(RecordMapper mapper, String record) {
        return Mapped.of("card-sales", mapper, Json.mapper().readTree(record)).told();
    }
}
