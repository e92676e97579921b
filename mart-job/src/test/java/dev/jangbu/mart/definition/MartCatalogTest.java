package dev.jangbu.mart.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MartCatalogTest {
    @Test
    void thePackagedMartsAreThoseOfTheFolders() {
        assertThat(MartCatalog.packaged().all())
                .extracting(Mart::name)
                .containsExactly(
                        "mart_channel_traffic",
                        "mart_coupon_effect",
                        "mart_customer_daily",
                        "mart_funnel_daily",
                        "mart_order_status",
                        "mart_orders",
                        "mart_product_daily",
                        "mart_product_sales_daily",
                        "mart_sales_daily",
                        "mart_store_daily_spend",
                        "mart_store_hourly_spend",
                        "mart_user_daily",
                        "mart_store_hour_profile",
                        "mart_store_weekly_spend",
                        "mart_card_anomaly");
    }

    @Test
    void aDatasetHasItsMartsAndThoseThatReadIt() {
        assertThat(MartCatalog.packaged().ofDataset("orders"))
                .extracting(Mart::name)
                .containsExactly(
                        "mart_product_sales_daily",
                        "mart_sales_daily",
                        "mart_coupon_effect",
                        "mart_customer_daily",
                        "mart_order_status");
        assertThat(MartCatalog.packaged().ofDataset("card-sales"))
                .extracting(Mart::name)
                .containsExactly(
                        "mart_store_daily_spend",
                        "mart_store_hourly_spend",
                        "mart_store_hour_profile",
                        "mart_store_weekly_spend",
                        "mart_card_anomaly");
        assertThat(MartCatalog.packaged().ofDataset("web-traffic"))
                .extracting(Mart::name)
                .containsExactly("mart_channel_traffic");
        assertThat(MartCatalog.packaged().reading("orders"))
                .extracting(Mart::name)
                .containsExactlyInAnyOrder(
                        "mart_product_sales_daily",
                        "mart_sales_daily",
                        "mart_coupon_effect",
                        "mart_customer_daily",
                        "mart_order_status",
                        "mart_channel_traffic");
        assertThatThrownBy(() -> MartCatalog.packaged().ofDataset("refunds"))
                .hasMessage("--dataset: refunds (expected: card-sales, events, orders, web-traffic)");
    }

    @Test
    void aMartReadAloneIsTheSame() {
        assertThat(MartCatalog.packaged("mart_orders"))
                .isEqualTo(MartCatalog.packaged().named("mart_orders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mart_x", "../marts/mart_orders", "MART_ORDERS", ""})
    void aNameReadAloneMustBeThatOfAMart(String name) {
        assertThatThrownBy(() -> MartCatalog.packaged(name)).hasMessageStartingWith("--mart: " + name + " (expected: ");
    }

    @Test
    void aMartComesAfterThoseItDependsOn() {
        MartCatalog catalog = new MartCatalog(
                List.of(MartTest.mart("a", "b"), MartTest.mart("b", "c", "d"), MartTest.mart("c"), MartTest.mart("d")));

        assertThat(catalog.all()).extracting(Mart::name).containsExactly("c", "d", "b", "a");
    }

    @Test
    void theDearestOfThoseThatMayBeginBegins() {
        MartCatalog catalog = new MartCatalog(List.of(
                MartTest.mart("a"), MartTest.mart("b", 2), MartTest.mart("c", 5, "a"), MartTest.mart("d", 3, "a")));

        assertThat(catalog.inBuildingOrder()).extracting(Mart::name).containsExactly("b", "a", "c", "d");
        assertThat(MartCatalog.packaged().inBuildingOrder())
                .extracting(Mart::name)
                .startsWith("mart_user_daily");
    }

    @Test
    void aCircleIsRefused() {
        assertThatThrownBy(() -> new MartCatalog(List.of(MartTest.mart("a", "b"), MartTest.mart("b", "a"))))
                .hasMessage("depends_on of [a, b]: a circle, or a mart that is not there");
    }

    @Test
    void anUnknownMartIsAUsageError() {
        assertThatThrownBy(() -> MartCatalog.packaged().named("mart_x"))
                .hasMessage("--mart: mart_x (expected: mart_channel_traffic, mart_coupon_effect, mart_customer_daily,"
                        + " mart_funnel_daily, mart_order_status, mart_orders, mart_product_daily,"
                        + " mart_product_sales_daily, mart_sales_daily, mart_store_daily_spend,"
                        + " mart_store_hourly_spend, mart_user_daily, mart_store_hour_profile,"
                        + " mart_store_weekly_spend, mart_card_anomaly, or all)")
                .extracting(failure -> ((JobFailure) failure).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
