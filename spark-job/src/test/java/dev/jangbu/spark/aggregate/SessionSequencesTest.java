package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SessionSequencesTest {
    private static final String FIRST = "00000000-0000-4000-8000-000000000001";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";

    @Test
    void eventsStandInOrderOfTimeAndThenOfTheirId() {
        Dataset<Row> events = Event.dataset(
                Event.of("purchase U1 S1 2026-01-15T09:05:00.5 web"),
                Event.of("click U1 S1 2026-01-15T09:00:00 web").withId(SECOND),
                Event.of("page_view U1 S1 2026-01-15T09:00:00 web").withId(FIRST),
                Event.of("search U2 S2 2026-01-15T09:00:00 web"));
        assertThat(rows(events))
                .containsExactly(
                        "2026-01-15|S1|page_view > click > purchase|3|300.500000|true",
                        "2026-01-15|S2|search|1|0.000000|false");
    }

    @Test
    void aSessionOfVeryManyEventsIsOneRow() {
        List<Event> events = new ArrayList<>();
        for (int second = 0; second < 20_000; second++) {
            events.add(Event.of("click BOT S9 2026-01-15T%02d:%02d:%02d web P%04d"
                    .formatted(second / 3600, second / 60 % 60, second % 60, second % 10_000)));
        }
        events.add(Event.of("page_view U1 S1 2026-01-15T09:00:00 web"));
        assertThat(rows(Event.dataset(events)))
                .containsExactly(
                        "2026-01-15|S1|page_view|1|0.000000|false",
                        "2026-01-15|S9|" + String.join(" > ", java.util.Collections.nCopies(20_000, "click"))
                                + "|20000|19999.000000|false");
    }

    private static List<String> rows(Dataset<Row> events) {
        return TestSpark.rows(new SessionSequences().of(SessionFacts.of(events)).orderBy("session_id"));
    }
}
