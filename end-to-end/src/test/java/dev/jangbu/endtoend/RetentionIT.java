package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Days go when their time is over, what the law wants kept stays apart, and the books say so. */
@ExtendWith(PostgresExtension.class)
class RetentionIT {
    private static final String OLD = "2022-03-01";
    private static final String KEPT = "2025-03-01";
    private static final String AS_OF = "2026-03-01";

    @TempDir
    private Path workspace;

    @Test
    void daysGoWhenTheirTimeIsOverAndAreNoGaps(TestDatabase database) throws Exception {
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));
        for (String day : List.of(OLD, KEPT)) {
            pipeline.simulate(day, "--users", "300");
            pipeline.transform(day);
            pipeline.load(day);
            pipeline.marts(day);
            pipeline.expect(0, "mart-job", "report", "--ds", day);
        }
        long purchases = Long.parseLong(database.value(
                "SELECT COUNT(*) FROM raw.raw_events WHERE event_type = 'purchase' AND event_date = '" + OLD + "'"));
        String orders = database.value("SELECT COUNT(*) FROM mart.mart_orders");

        String dry = pipeline.run("load-job", "retain", "--as-of", AS_OF, "--dry-run")
                .output();
        assertThat(dry)
                .containsPattern("raw\\.raw_events +3y +would remove 1 days, 2022-03-01 to 2022-03-01")
                .containsPattern("mart\\.mart_orders +5y +nothing is out of time")
                .containsPattern("landing +1y +would remove 1 days");
        assertThat(database.value("SELECT COUNT(*) FROM ops.retention_log")).isEqualTo("0");

        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('jangbu:load-job/events/all/" + OLD + "', 0))");
            pipeline.expect(12, "load-job", "retain", "--as-of", AS_OF);
            assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events WHERE event_date = '" + OLD + "'"))
                    .isNotEqualTo("0");
        }

        JsonNode summary = Json.mapper().readTree(pipeline.expect(0, "load-job", "retain", "--as-of", AS_OF));
        assertThat(summary.path("held").longValue()).isEqualTo(purchases);
        assertThat(database.rows("SELECT DISTINCT event_date FROM raw.raw_events"))
                .containsExactly(KEPT);
        assertThat(database.value("SELECT TO_REGCLASS('raw.raw_events_20220301') IS NULL"))
                .isEqualTo("t");
        assertThat(database.rows("SELECT DISTINCT until FROM hold.record")).containsExactly("2027-03-01");
        assertThat(database.value("SELECT COUNT(*) FROM mart.mart_orders")).isEqualTo(orders);
        assertThat(database.rows("SELECT business_date, state, repair FROM ops.v_books ORDER BY 1"))
                .containsExactly(OLD + "|dropped|", KEPT + "|balances|");
        assertThat(database.rows("SELECT place FROM ops.retention_log WHERE business_date = '" + OLD + "' ORDER BY 1"))
                .contains("landing", "clean", "rejects", "mart.mart_user_daily", "raw.raw_events", "reports", "runs");
        assertThat(database.rows("SELECT mart, state FROM mart.v_freshness WHERE business_date = '" + OLD
                        + "' AND mart IN ('mart_orders', 'mart_user_daily') ORDER BY 1"))
                .containsExactly("mart_orders|final", "mart_user_daily|dropped");
        assertThat(workspace.resolve("data/landing/events/" + OLD)).doesNotExist();
        assertThat(workspace.resolve("data/landing/events/" + KEPT + "/manifest.json"))
                .exists();
        assertThat(pipeline.run("mart-job", "gaps", "--from", OLD, "--to", OLD).output())
                .contains("no gaps in 1 day");

        String again = pipeline.expect(0, "load-job", "retain", "--as-of", AS_OF);
        assertThat(Json.mapper().readTree(again).path("days").longValue()).isZero();
        assertThat(database.value("SELECT COUNT(*) FROM hold.record")).isEqualTo(String.valueOf(purchases));

        database.execute(
                "UPDATE hold.record SET until = '2026-02-28' WHERE event_id = (SELECT MIN(event_id::TEXT)::UUID FROM hold.record)");
        pipeline.expect(0, "load-job", "retain", "--as-of", AS_OF);
        assertThat(database.value("SELECT COUNT(*) FROM hold.record")).isEqualTo(String.valueOf(purchases - 1));

        pipeline.simulate(OLD, "--users", "20");
        pipeline.transform(OLD);
        pipeline.load(OLD);
        pipeline.marts(OLD);
        assertThat(database.rows("SELECT state FROM ops.v_books")).containsExactly("balances", "balances");
    }

    @Test
    void threeYearsOfPartitionsAreSweptByTheDay(TestDatabase database) throws IOException {
        LocalDate first = LocalDate.of(2022, 1, 1);
        database.execute("""
                DO $$
                DECLARE
                    day DATE;
                BEGIN
                    FOR day IN SELECT d::DATE FROM GENERATE_SERIES(DATE '2022-01-01', DATE '2024-12-31', '1 day') AS d
                    LOOP
                        EXECUTE FORMAT('CREATE TABLE raw.raw_events_%s PARTITION OF raw.raw_events FOR VALUES FROM (%L) TO (%L)',
                            TO_CHAR(day, 'YYYYMMDD'), day, day + 1);
                        IF EXTRACT(DAY FROM day) = 1 THEN
                            COMMIT;
                        END IF;
                    END LOOP;
                END
                $$""");
        // With these statistics the planner reads all of pg_class, tables of other names among them.
        database.execute("ANALYZE pg_catalog.pg_class, pg_catalog.pg_inherits");
        Path policy = Files.writeString(
                workspace.resolve("retention.yml"),
                "places:\n- {place: raw.raw_events, keep: 10d, basis: a test, action: drop}\n");
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));

        String asOf = first.plusYears(3).toString();
        assertThat(pipeline.run("load-job", "retain", "--as-of", asOf, "--dry-run", "--policy", policy.toString())
                        .output())
                .contains("would remove 1086 days, 2022-01-01 to 2024-12-21");
        String early = first.plusDays(40).toString();
        String summary = pipeline.expect(0, "load-job", "retain", "--as-of", early, "--policy", policy.toString());
        assertThat(Json.mapper().readTree(summary).path("days").longValue()).isEqualTo(30);
        assertThat(database.value("SELECT COUNT(*) FROM pg_inherits WHERE inhparent = 'raw.raw_events'::REGCLASS"))
                .isEqualTo(String.valueOf(1096 - 30));
    }
}
