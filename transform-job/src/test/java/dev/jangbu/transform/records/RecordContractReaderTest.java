package dev.jangbu.transform.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordContractReaderTest {
    private static final String GOOD = """
            dataset: refunds
            version: 2
            years: {first: 2000, last: 2099}
            largest_quantity: 100
            largest_amount: 1000000
            minimum_failed_lines: 2
            checks:
              required_fields: {threshold: 0.95, severity: fail}
              status_known: {threshold: 0.99, severity: warn}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "orders, cafe24, orders/default",
        "orders, online-retail, orders/online-retail",
        "refunds, cafe24, refunds/default",
        "products, smartstore, products/default",
        "coupons, cafe24, coupons/default",
        "web-traffic, ga4, web-traffic/default",
        "card-sales, mysql, card-sales/default",
        "card-sales, purchase-cards, card-sales/purchase-cards"
    })
    void everyDatasetHasItsContract(String dataset, String profile, String name) {
        assertThat(RecordContractReader.packaged(dataset, profile).name()).isEqualTo(name);
    }

    @Test
    void fileOfTheSameFormIsAContract() throws Exception {
        RecordContract contract = RecordContractReader.read("--contract", file(GOOD), "refunds");
        assertThat(contract.version()).isEqualTo(2);
        assertThat(contract.minimumFailedLines()).isEqualTo(2);
        assertThat(contract.checks().keySet()).containsExactly(RecordCheck.REQUIRED_FIELDS, RecordCheck.STATUS_KNOWN);
    }

    @Test
    void withoutAMinimumTheShareAloneDecides() throws Exception {
        RecordContract contract =
                RecordContractReader.read("--contract", file(GOOD.replace("minimum_failed_lines: 2\n", "")), "refunds");
        assertThat(contract.isExcused(10, 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dataset: refunds       | dataset: orders      | dataset: orders (expected: refunds)
            version: 2             |                      | version: absent (expected: a value)
            last: 2099             | last: 1999           | years: 2000..1999 (expected: first <= last)
            largest_quantity: 100  | largest_quantity: 0  | largest_quantity: 0 (expected: 1 or more)
            largest_amount: 1000000 | largest_amount: 0   | largest_amount: 0 (expected: above 0, at most 999999999999.99, what its column holds)
            minimum_failed_lines: 2 | minimum_failed_lines: 0 | minimum_failed_lines: 0 (expected: 1 or more)
            threshold: 0.95        | threshold: 1.5       | threshold: 1.5 (expected: 0..1, at most 6 decimals)
            severity: fail         | severity: warn, fate: keep | checks.required_fields.fate: keep (expected: reject, for the rows of such a record cannot be loaded)
            status_known           | status_new           | checks.status_new (expected: one of [required_fields, unique_item, unique_sale, value_range, status_known, timestamp_valid, amount_sum, order_consistent, canceled_after_created])
            """)
    void wrongValueIsToldByName(String good, String wrong, String message) throws Exception {
        Path file = file(GOOD.replace(good, wrong == null ? "" : wrong));
        assertThatThrownBy(() -> RecordContractReader.read("--contract", file, "refunds"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("contract " + file + ": " + message);
    }

    @Test
    void onlyAmountsBelowZeroAreASmallestOne() throws Exception {
        assertThat(RecordContractReader.packaged("card-sales", "purchase-cards").smallestAmount())
                .isEqualByComparingTo("-10000000");
        Path file = file(GOOD + "smallest_amount: 1\n");
        assertThatThrownBy(() -> RecordContractReader.read("--contract", file, "refunds"))
                .hasMessage(
                        "contract " + file
                                + ": smallest_amount: 1 (expected: 0 or below, at least -999999999999.99, what its column holds)");
    }

    @Test
    void noFileIsToldByName() {
        assertThatThrownBy(() -> RecordContractReader.read("--contract", folder.resolve("none.yaml"), "refunds"))
                .hasMessage("--contract: " + folder.resolve("none.yaml") + " (expected: a YAML file)");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("contract.yaml"), yaml);
    }
}
