package dev.jangbu.spark.mart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.EventsConfiguration;
import dev.jangbu.transform.TransformOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Days through the real jobs: mart-job and Spark build the same rows, and what one wrote the other replaces. */
@ExtendWith(PostgresExtension.class)
class MartParityTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    @TempDir
    private Path root;

    private JobDays days;

    @BeforeEach
    void prepare(TestDatabase database) {
        days = new JobDays(database, root);
    }

    @Test
    void aDayWithFaultsBordersAndOneHeavyUserHasTheSameMarts() {
        check(DAY, 120, 0.03, oddOnes());
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        Map<String, List<String>> expected = inPostgresql(DAY);
        assertThat(expected.get("mart_orders")).hasSizeGreaterThan(3).anyMatch(row -> row.contains("C, \"10\""));
        assertThat(expected.get("mart_user_daily")).anyMatch(row -> row.contains("U999999"));
        Map<String, List<String>> told = new LinkedHashMap<>();
        try (DayEvents events = new DayEvents(TestSpark.start(), JobDays.MARTS)) {
            for (Mart mart : JobDays.MARTS) {
                JobDays.Ended ended = days.buildOnSpark(mart, DAY, events);
                assertThat(ended.code()).as(ended.message()).isEqualTo(ExitCode.DONE);
                assertThat(ended.summary().get("engine").stringValue()).isEqualTo("spark");
                assertThat(expected.getOrDefault(mart.name(), List.of()))
                        .hasSize(ended.summary().get("rows_before").asInt());
                told.put(mart.name(), days.rows(mart));
                assertThat(facts(ended)).isEqualTo(facts(days.buildInPostgresql(mart, DAY)));
                assertThat(days.rows(mart)).isEqualTo(told.get(mart.name()));
            }
        }
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void anEmptyDayEmptiesItsMarts() {
        check(DAY, 0, 0, List.of());
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        try (DayEvents events = new DayEvents(TestSpark.start(), JobDays.MARTS)) {
            for (Mart mart : JobDays.MARTS) {
                assertThat(days.buildOnSpark(mart, DAY, events).code()).isEqualTo(ExitCode.DONE);
                assertThat(days.rows(mart)).isEmpty();
            }
        }
        assertThat(days.database().value("SELECT count(*) FROM ops.mart_log WHERE source_rows = 0"))
                .isEqualTo("4");
    }

    @Test
    void aDayThatWasNeverLoadedIsRefusedInMartJobsWords() {
        check(DAY, 5, 0, List.of());
        Mart orders = mart("mart_orders");
        JobDays.Ended expected = days.buildInPostgresql(orders, DAY);
        try (DayEvents events = new DayEvents(TestSpark.start(), JobDays.MARTS)) {
            JobDays.Ended ended = days.buildOnSpark(orders, DAY, events);
            assertThat(ended.code()).isEqualTo(ExitCode.FAILED).isEqualTo(expected.code());
            assertThat(ended.message()).isEqualTo(expected.message());
        }
    }

    @Test
    void filesThatWereCheckedAgainAndNotLoadedAreRefused() {
        check(DAY, 5, 0, List.of());
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        Mart orders = mart("mart_orders");
        try (DayEvents events = new DayEvents(TestSpark.start(), JobDays.MARTS)) {
            assertThat(days.buildOnSpark(orders, DAY, events).code()).isEqualTo(ExitCode.DONE);
            check();
            assertThat(days.buildOnSpark(orders, DAY, events).code())
                    .as("the same bytes")
                    .isEqualTo(ExitCode.DONE);
            List<String> before = days.rows(orders);
            days.land(DAY, 6, 0, List.of());
            check();
            JobDays.Ended ended = days.buildOnSpark(orders, DAY, events);
            assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.message())
                    .startsWith("clean files of events 2026-01-15: those of run ")
                    .endsWith("; load the day again: java -jar load-job/target/load-job.jar events --ds 2026-01-15");
            assertThat(days.rows(orders)).isEqualTo(before);
        }
    }

    @Test
    void aFailingCheckChangesNothing() {
        check(DAY, 40, 0, List.of());
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        Mart orders = mart("mart_orders");
        days.buildInPostgresql(orders, DAY);
        List<String> before = days.rows(orders);
        assertThat(before).isNotEmpty();
        Mart half = new Mart(orders.metadata(), orders.columns(), orders.query() + " AND 1 = 0", orders.checks());
        try (DayEvents events = new DayEvents(TestSpark.start(), JobDays.MARTS)) {
            JobDays.Ended ended = days.buildOnSpark(half, DAY, events);
            assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.message())
                    .contains("check reconciles_with_raw failed")
                    .contains("nothing was changed");
        }
        assertThat(days.rows(orders)).isEqualTo(before);
    }

    private Map<String, List<String>> inPostgresql(LocalDate day) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Mart mart : JobDays.MARTS) {
            assertThat(days.buildInPostgresql(mart, day).code()).isEqualTo(ExitCode.DONE);
            rows.put(mart.name(), days.rows(mart));
        }
        return rows;
    }

    private void check(LocalDate day, int users, double defects, List<String> more) {
        days.land(day, users, defects, more);
        check();
    }

    private void check() {
        JobDays.Ended ended = days.run(
                "transform-job",
                RunRequest.WHOLE,
                DAY,
                EventsConfiguration.class,
                new TransformOptions(days.lenientContract(), true));
        assertThat(ended.code()).as(ended.message()).isEqualTo(ExitCode.DONE);
    }

    private static Mart mart(String name) {
        return JobDays.MARTS.stream()
                .filter(mart -> mart.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the summaries say but for the run itself and how long it took. */
    private static JsonNode facts(JobDays.Ended ended) {
        ObjectNode facts = (ObjectNode) ended.summary().deepCopy();
        facts.remove(List.of("engine", "computed_rows", "seconds", "insert_seconds", "check_seconds", "token"));
        facts.remove(List.of("run_id", "started_at", "ended_at", "peak_memory_mb", "rows_before"));
        return facts;
    }

    /** One user's whole day, orders at both ends of it, a repeated order number, odd texts. */
    private static List<String> oddOnes() {
        List<String> lines = new ArrayList<>();
        for (int nth = 0; nth < 400; nth++) {
            lines.add(event(
                            nth,
                            "click",
                            "\"page_url\":\"/\",\"element_id\":\"b\",\"element_type\":\"button\""
                                    + ",\"product_id\":\"P%04d\"".formatted(nth % 3))
                    .formatted("%02d:%02d:%02d.%06d".formatted(nth % 24, nth % 60, nth % 59, nth * 2_347 % 1_000_000)));
        }
        String cart = "\"product_id\":\"P0001\",\"quantity\":2,\"unit_price\":5000.50";
        lines.add(event(500, "add_to_cart", cart).formatted("00:00:00.5"));
        lines.add(event(501, "purchase", order("ORD1", "\\\"C, \\\\\\\"10\\\\\\\"\\\""))
                .formatted("00:00:01"));
        lines.add(event(506, "purchase", order("ORD3", "\\\"C, \\\\\\\"10\\\\\\\"\\\""))
                .formatted("00:00:02"));
        lines.add(event(502, "purchase", order("ORD1", "null")).formatted("00:00:00.75"));
        lines.add(event(503, "purchase", order("ORD2", "\\\"\\\"")).formatted("23:59:59.999"));
        lines.add(event(504, "page_view", "\"page_url\":\"/a\\nb,\\\"c\\\"\",\"page_type\":\"home\"")
                .formatted("00:00:00"));
        lines.add(event(505, "page_view", "\"page_url\":\"/\",\"page_type\":\"home\"")
                .formatted("23:59:59.999999"));
        return lines;
    }

    private static String order(String id, String coupon) {
        return "\"order_id\":\"" + id
                + "\",\"total_amount\":12501.00,\"payment_method\":\"kakao_pay\",\"extra_data\":\""
                + "{\\\"products\\\":[{\\\"product_id\\\":\\\"P0001\\\",\\\"quantity\\\":2,\\\"unit_price\\\":5000.50}],"
                + "\\\"discount_amount\\\":500,\\\"shipping_fee\\\":3000,\\\"coupon_code\\\":" + coupon + "}\"";
    }

    private static String event(int id, String type, String fields) {
        return "{\"event_id\":\"" + new UUID(9, id) + "\",\"event_type\":\"" + type
                + "\",\"user_id\":\"U999999\",\"session_id\":\"S1\",\"timestamp\":\"" + DAY
                + "T%s\",\"platform\":\"ios\",\"device_type\":\"mobile\",\"os\":\"iOS\"," + fields + "}";
    }
}
