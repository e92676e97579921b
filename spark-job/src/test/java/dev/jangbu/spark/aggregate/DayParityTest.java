package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.load.LoadConfiguration;
import dev.jangbu.spark.mart.JobDays;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.EventsConfiguration;
import dev.jangbu.transform.TransformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Days through the real jobs: the published tables say what PostgreSQL says of the rows that were loaded. */
@ExtendWith(PostgresExtension.class)
class DayParityTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final String HOURS = """
            SELECT event_date, CAST(EXTRACT(HOUR FROM occurred_at AT TIME ZONE 'Asia/Seoul') AS INT), platform, COUNT(*),
                COUNT(DISTINCT user_id), COUNT(DISTINCT session_id)
            FROM raw.raw_events GROUP BY 1, 2, 3 ORDER BY 2, platform COLLATE "C"
            """;
    private static final String SEQUENCES = """
            SELECT event_date, session_id, STRING_AGG(event_type, ' > ' ORDER BY occurred_at, event_id) AS event_sequence,
                COUNT(*) AS event_count,
                CAST(EXTRACT(EPOCH FROM MAX(occurred_at) - MIN(occurred_at)) AS NUMERIC(12, 6)) AS duration_seconds,
                BOOL_OR(event_type = 'purchase') AS is_purchased
            FROM raw.raw_events GROUP BY event_date, session_id
            """;
    private static final String PATTERNS = """
            SELECT event_date, event_sequence, COUNT(*), CAST(AVG(duration_seconds) AS NUMERIC(12, 3)),
                COUNT(*) FILTER (WHERE is_purchased),
                CAST(100.0 * COUNT(*) FILTER (WHERE is_purchased) / COUNT(*) AS NUMERIC(14, 2))
            FROM (%s) AS sequences GROUP BY event_date, event_sequence
            ORDER BY COUNT(*) DESC, event_sequence COLLATE "C"
            """.formatted(SEQUENCES);

    @TempDir
    private Path root;

    private JobDays days;
    private AggregateRun run;

    @BeforeEach
    void prepare(TestDatabase database) {
        days = new JobDays(database, root);
        run = new AggregateRun(database, root);
    }

    @Test
    void aDayWithPlantedFaultsHasTheTablesOfWhatPassed() throws IOException {
        assertParity(150, 0.05, List.of());
        assertThat(days.database().value("SELECT COUNT(*) FROM ops.rejected_record"))
                .isNotEqualTo("0");
    }

    @Test
    void aDayOfOneUsersManySessionsHasItsTables() throws IOException {
        assertParity(5, 0, clicks(3_000, "S%03d", 150));
        assertThat(run.rows("funnel_conversion", DAY)).anyMatch(row -> row.startsWith("2026-01-15|ios|"));
        assertThat(run.rows("session_sequences", DAY)).hasSizeGreaterThanOrEqualTo(150);
    }

    @Test
    void aDayOfOneSessionHasItsTables() throws IOException {
        assertParity(0, 0, clicks(3_000, "S1", 1));
        assertThat(run.rows("hourly_traffic", DAY)).contains("2026-01-15|0|ios|125|1|1", "2026-01-15|23|ios|125|1|1");
        assertThat(run.rows("session_sequences", DAY)).hasSize(1);
    }

    @Test
    void theFirstAndTheLastMomentOfTheDayAreInItsTables() throws IOException {
        assertParity(
                0,
                0,
                List.of(
                        view(1, "S1", "00:00:00"),
                        view(2, "S1", "23:59:59.999"),
                        view(3, "S2", "00:00:00.000001"),
                        view(4, "S2", "23:59:59.999999")));
        assertThat(run.rows("hourly_traffic", DAY))
                .containsExactly("2026-01-15|0|ios|2|1|2", "2026-01-15|23|ios|2|1|2");
        assertThat(run.rows("session_sequences", DAY).stream().sorted())
                .containsExactly(
                        "2026-01-15|S1|page_view > page_view|2|86399.999000|false",
                        "2026-01-15|S2|page_view > page_view|2|86399.999998|false");
    }

    @Test
    void aDayWithoutEventsHasTablesWithoutRows() throws IOException {
        assertParity(0, 0, List.of());
        assertThat(run.manifest(DAY).rows()).isZero();
    }

    /** Of one user, all day long; every {@code sessions}-th is of the same session. */
    private static List<String> clicks(int count, String session, int sessions) {
        return IntStream.range(0, count)
                .mapToObj(nth -> event(
                        nth,
                        session.formatted(nth % sessions),
                        "click",
                        "\"page_url\":\"/\",\"element_id\":\"b\",\"element_type\":\"button\",\"product_id\":\"P%04d\""
                                .formatted(nth % 3),
                        "%02d:%02d:%02d".formatted(nth % 24, nth % 60, nth % 59)))
                .toList();
    }

    private static String view(int id, String session, String time) {
        return event(id, session, "page_view", "\"page_url\":\"/\",\"page_type\":\"home\"", time);
    }

    private static String event(int id, String session, String type, String fields, String time) {
        return "{\"event_id\":\"" + new UUID(9, id) + "\",\"event_type\":\"" + type
                + "\",\"user_id\":\"U999999\",\"session_id\":\"" + session + "\",\"timestamp\":\"" + DAY + "T" + time
                + "\",\"platform\":\"ios\",\"device_type\":\"mobile\",\"os\":\"iOS\"," + fields + "}";
    }

    private void assertParity(int users, double defects, List<String> more) throws IOException {
        days.land(DAY, users, defects, more);
        TransformOptions options = new TransformOptions(days.lenientContract(), true);
        assertDone(days.run("transform-job", RunRequest.WHOLE, DAY, EventsConfiguration.class, options));
        assertDone(days.run("load-job", RunRequest.WHOLE, DAY, LoadConfiguration.class));
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(run.rows("funnel_conversion", DAY))
                .isEqualTo(days.database()
                        .rows("SELECT * FROM (" + mart("mart_funnel_daily")
                                + ") AS mart ORDER BY platform COLLATE \"C\""));
        assertThat(run.rows("product_conversion", DAY))
                .isEqualTo(days.database()
                        .rows("SELECT activity_date, product_id, click_count, cart_add_count, purchase_count,"
                                + " CAST(revenue AS NUMERIC(14, 2)), CAST(units_sold AS BIGINT), unique_viewers,"
                                + " unique_buyers, conversion_rate FROM (" + mart("mart_product_daily")
                                + ") AS mart ORDER BY product_id COLLATE \"C\""));
        assertThat(run.rows("hourly_traffic", DAY)).isEqualTo(days.database().rows(HOURS));
        assertThat(run.rows("session_sequences", DAY))
                .containsExactlyInAnyOrderElementsOf(days.database()
                        .rows("SELECT event_date, session_id, event_sequence, event_count, duration_seconds,"
                                + " CAST(is_purchased AS TEXT) FROM (" + SEQUENCES + ") AS sequences"));
        assertThat(run.rows("session_patterns", DAY)).isEqualTo(days.database().rows(PATTERNS));
    }

    private static void assertDone(JobDays.Ended ended) {
        assertThat(ended.code()).as(ended.message()).isEqualTo(ExitCode.DONE);
    }

    private static String mart(String name) throws IOException {
        String query = Files.readString(Path.of("..", "sql", "marts", name, "query.sql"));
        return query.replace(":business_date", "DATE '" + DAY + "'").replaceFirst(";\\s*$", "");
    }
}
