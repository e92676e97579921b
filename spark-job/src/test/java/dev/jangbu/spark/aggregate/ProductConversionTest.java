package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductConversionTest {
    private final ProductConversion products = new ProductConversion();

    @Test
    void clicksCartsAndWhatPurchasesHoldAreToldByProduct() {
        Dataset<Row> events = Event.dataset(
                Event.of("click U1 S1 2026-01-15T09:00:00 web P0001"),
                Event.of("click U1 S1 2026-01-15T09:01:00 web P0001"),
                Event.of("click U2 S2 2026-01-15T09:02:00 web P0001"),
                Event.of("click U3 S3 2026-01-15T09:02:00 web P0001"),
                Event.of("click U3 S3 2026-01-15T09:03:00 web"),
                Event.of("page_view U3 S3 2026-01-15T09:03:00 web P0001"),
                Event.of("add_to_cart U1 S1 2026-01-15T09:04:00 web P0001"),
                Event.of("add_to_cart U1 S1 2026-01-15T09:04:30 web P0003"),
                Event.of("purchase U1 S1 2026-01-15T09:05:00 web").withProducts("""
                        [{"product_id": "P0001", "quantity": 2, "unit_price": 1500.5},
                         {"product_id": "P0001", "quantity": 1, "unit_price": 1000},
                         {"product_id": "P0002", "quantity": 3, "unit_price": 10}]"""));
        assertThat(rows(events))
                .containsExactly(
                        "2026-01-15|P0001|4|1|1|4001.00|3|3|1|33.33",
                        "2026-01-15|P0002|0|0|1|30.00|3|0|1|NULL",
                        "2026-01-15|P0003|0|1|0|0.00|0|0|0|NULL");
    }

    @Test
    void whatIsNoListHoldsNothingAndWhatIsNoNumberCountsAsNothing() {
        Dataset<Row> events = Event.dataset(
                Event.of("purchase U1 S1 2026-01-15T09:00:00 web"),
                Event.of("purchase U2 S2 2026-01-15T09:00:00 web").withProducts("{\"product_id\": \"P0001\"}"),
                Event.of("purchase U3 S3 2026-01-15T09:00:00 web").withProducts("[]"),
                Event.of("purchase U4 S4 2026-01-15T09:00:00 web").withProducts("""
                        [{"product_id": "P0001", "quantity": "2", "unit_price": 5}, {"quantity": 1, "unit_price": 7}, 3]"""),
                Event.of("purchase U5 S5 2026-01-15T09:00:00 web").withProducts("""
                        [{"product_id": 12, "quantity": 1, "unit_price": null}]"""));
        assertThat(rows(events))
                .containsExactly(
                        "2026-01-15|(unknown)|0|0|1|7.00|1|0|1|NULL",
                        "2026-01-15|12|0|0|1|0.00|1|0|1|NULL",
                        "2026-01-15|P0001|0|0|1|0.00|0|0|1|NULL");
    }

    @Test
    void aSessionOfVeryManyProductsCountsEachAsItCame() {
        List<Event> events = new ArrayList<>();
        for (int minute = 0; minute < 2; minute++) {
            for (int product = 0; product < 200; product++) {
                events.add(Event.of("click U1 S1 2026-01-15T09:%02d:00 web P%04d".formatted(minute, product)));
            }
        }
        assertThat(rows(Event.dataset(events)))
                .hasSize(200)
                .contains("2026-01-15|P0000|2|0|0|0.00|0|1|0|0.00", "2026-01-15|P0199|2|0|0|0.00|0|1|0|0.00");
    }

    private List<String> rows(Dataset<Row> events) {
        return TestSpark.rows(products.of(SessionFacts.of(events)).orderBy(products.order()));
    }
}
