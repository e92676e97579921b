package dev.jangbu.mart.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MartTest {
    private static final Source SOURCE = new Source("events", "raw.raw_events", "event_date");
    private static final Column DAY = new Column("day", "date", false, "The day.");
    private static final Column COUNT = new Column("event_count", "bigint", false, "Events.");

    static Mart mart(String name, String... dependsOn) {
        return mart(name, 1, dependsOn);
    }

    static Mart mart(String name, int cost, String... dependsOn) {
        return new Mart(
                metadata(name, "mart." + name, "day", cost, List.of(dependsOn)),
                List.of(DAY, COUNT),
                "SELECT 1",
                List.of());
    }

    private static Metadata metadata(String name, String target, String dateColumn, int cost, List<String> dependsOn) {
        return new Metadata(
                name,
                target,
                "One row.",
                "one row",
                List.of("day"),
                dateColumn,
                SOURCE,
                List.of(),
                dependsOn,
                cost,
                List.of(),
                List.of());
    }

    @Test
    void theStatementsNameEveryColumn() {
        Mart mart = mart("mart_days");

        assertThat(mart.deleteSql()).isEqualTo("DELETE FROM mart.mart_days WHERE day = :business_date");
        assertThat(mart.insertSql()).isEqualTo("""
                INSERT INTO mart.mart_days (day, event_count)
                SELECT day, event_count
                FROM (
                SELECT 1
                ) AS built""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mart_days", "Mart.days", "mart.days; DROP TABLE x", "mart.\"days\"", "a.b.c", ""})
    void aTargetThatIsNoPlainTableIsRefused(String target) {
        assertThatThrownBy(() -> metadata("mart_days", target, "day", 1, List.of()))
                .hasMessage("target: " + target + " (expected: schema.table such as mart.mart_orders)");
    }

    @Test
    void aColumnThatIsNoPlainNameIsRefused() {
        Column day = new Column("day--", "date", false, "The day.");

        assertThatThrownBy(() -> new Mart(mart("mart_days").metadata(), List.of(day), "SELECT 1", List.of()))
                .hasMessage("column: day-- (expected: a name such as order_id)");
    }

    @Test
    void aKeyOutsideTheSchemaIsRefused() {
        assertThatThrownBy(() -> new Mart(
                        metadata("mart_days", "mart.mart_days", "month", 1, List.of()),
                        List.of(DAY),
                        "SELECT 1",
                        List.of()))
                .hasMessage("key and date_column: [month] (expected: columns of schema.yaml, which has [day])");
    }

    @Test
    void aColumnTwiceIsRefused() {
        assertThatThrownBy(() -> new Mart(mart("mart_days").metadata(), List.of(DAY, DAY), "SELECT 1", List.of()))
                .hasMessage("column: day twice (expected: once)");
    }
}
