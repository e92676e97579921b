package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SessionPatternsTest {
    @Test
    void sessionsOfOneSequenceAreOnePatternTheMostFrequentFirst() {
        Dataset<Row> events = Event.dataset(
                Event.of("page_view U1 S1 2026-01-15T09:00:00 web"),
                Event.of("click U1 S1 2026-01-15T09:00:01 web"),
                Event.of("page_view U2 S2 2026-01-15T09:00:00 web"),
                Event.of("click U2 S2 2026-01-15T09:00:01 web"),
                Event.of("page_view U3 S3 2026-01-15T09:00:00 web"),
                Event.of("click U3 S3 2026-01-15T09:00:02 web"),
                Event.of("purchase U4 S4 2026-01-15T09:00:00 web"),
                Event.of("search U5 S5 2026-01-15T09:00:00 web"));
        SessionPatterns patterns = new SessionPatterns();
        assertThat(TestSpark.rows(patterns.of(SessionFacts.of(events)).orderBy(patterns.order())))
                .containsExactly(
                        "2026-01-15|page_view > click|3|1.333|0|0.00",
                        "2026-01-15|purchase|1|0.000|1|100.00",
                        "2026-01-15|search|1|0.000|0|0.00");
    }
}
