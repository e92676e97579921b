package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class HourlyTrafficTest {
    private final HourlyTraffic traffic = new HourlyTraffic();

    @Test
    void theFirstAndTheLastMomentOfADayAreItsOwnHoursInSeoul() {
        Dataset<Row> events = Event.dataset(
                Event.of("page_view U1 S1 2026-01-15T00:00:00 web"),
                Event.of("page_view U1 S1 2026-01-15T00:59:59.999999 web"),
                Event.of("page_view U1 S1 2026-01-15T01:00:00 web"),
                Event.of("page_view U2 S2 2026-01-15T23:59:59.999 web"));
        assertThat(rows(events))
                .containsExactly("2026-01-15|0|web|2|1|1", "2026-01-15|1|web|1|1|1", "2026-01-15|23|web|1|1|1");
    }

    @Test
    void usersAndSessionsAreCountedOnceAnHourAndPlatform() {
        Dataset<Row> events = Event.dataset(
                Event.of("page_view U1 S1 2026-01-15T09:00:00 web"),
                Event.of("click U1 S1 2026-01-15T09:01:00 web"),
                Event.of("page_view U1 S2 2026-01-15T09:30:00 web"),
                Event.of("page_view U2 S3 2026-01-15T09:30:00 web"),
                // One session of two users, as broken trackers send it.
                Event.of("click U3 S3 2026-01-15T09:31:00 web"),
                Event.of("click U1 S1 2026-01-15T09:32:00 ios"));
        assertThat(rows(events)).containsExactly("2026-01-15|9|ios|1|1|1", "2026-01-15|9|web|5|3|3");
    }

    @Test
    void aSessionOfVeryManyUsersIsOneOfEachHour() {
        List<Event> events = new ArrayList<>();
        for (int minute = 0; minute < 4; minute++) {
            for (int user = 0; user < 200; user++) {
                events.add(Event.of(
                        "page_view U%d S1 2026-01-15T%02d:%02d:00 web".formatted(user, 9 + minute / 2, minute % 2)));
            }
        }
        assertThat(rows(Event.dataset(events)))
                .containsExactly("2026-01-15|9|web|400|200|1", "2026-01-15|10|web|400|200|1");
    }

    private List<String> rows(Dataset<Row> events) {
        return TestSpark.rows(traffic.of(SessionFacts.of(events)).orderBy(traffic.order()));
    }
}
