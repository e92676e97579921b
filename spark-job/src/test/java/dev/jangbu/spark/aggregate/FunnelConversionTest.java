package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FunnelConversionTest {
    private final FunnelConversion funnel = new FunnelConversion();

    @Test
    void usersAreCountedOnceAStepAndPlatform() {
        Dataset<Row> events = Event.dataset(
                Event.of("page_view U1 S1 2026-01-15T09:00:00 web"),
                Event.of("page_view U1 S2 2026-01-15T10:00:00 web"),
                Event.of("page_view U1 S3 2026-01-15T11:00:00 ios"),
                Event.of("page_view U2 S4 2026-01-15T09:00:00 web"),
                Event.of("page_view U3 S5 2026-01-15T09:00:00 web"),
                Event.of("click U1 S1 2026-01-15T09:01:00 web P0001"),
                Event.of("click U2 S4 2026-01-15T09:01:00 web P0001"),
                Event.of("add_to_cart U2 S4 2026-01-15T09:02:00 web P0001"),
                Event.of("add_to_cart U2 S4 2026-01-15T09:03:00 web P0002"),
                Event.of("purchase U2 S4 2026-01-15T09:04:00 web"),
                Event.of("search U4 S6 2026-01-15T09:04:00 android"));
        assertThat(rows(events))
                .containsExactly(
                        "2026-01-15|android|0|0|0|0|NULL|NULL|NULL|NULL",
                        "2026-01-15|ios|1|0|0|0|0.00|NULL|NULL|0.00",
                        "2026-01-15|web|3|2|1|1|66.67|50.00|100.00|33.33");
    }

    @Test
    void thereIsNoRowWithoutEvents() {
        assertThat(rows(Event.dataset())).isEmpty();
    }

    private List<String> rows(Dataset<Row> events) {
        return TestSpark.rows(funnel.of(SessionFacts.of(events)).orderBy(funnel.order()));
    }
}
