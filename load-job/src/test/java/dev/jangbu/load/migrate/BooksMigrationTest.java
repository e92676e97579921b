package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Version 7 over a database that has loaded days: their ledger stays, and they have books. */
@ExtendWith(PostgresExtension.class)
class BooksMigrationTest {
    private static final String BEFORE = "6";

    @Test
    void daysLoadedBeforeKeepTheirLedgerAndHaveBooks(@Unmigrated TestDatabase database) {
        Migrations.upTo(BEFORE, database);
        load(database, "2026-01-14", "load-a", "2026-01-15 00:10Z", "{}");
        load(database, "2026-01-15", "load-b", "2026-01-16 00:10Z", "{\"value_range\": 2}");
        load(database, "2026-01-15", "load-c", "2026-01-16 03:00Z", "{\"value_range\": 2}");
        builds(database, "2026-01-14", "2026-01-15 00:20Z");
        builds(database, "2026-01-15", "2026-01-16 00:20Z");
        checks(database, "2026-01-14", "2026-01-15 00:05Z");

        Migrations.upTo("7", database);

        assertThat(database.rows("SELECT run_id, in_table, checked_by FROM ops.load_log ORDER BY 1"))
                .containsExactly("load-a|8|NULL", "load-b|8|NULL", "load-c|8|NULL");
        assertThat(database.rows("SELECT business_date, load_run_id, COUNT(*), MAX(source_rows), MAX(row_count)"
                        + " FROM ops.mart_log GROUP BY 1, 2 ORDER BY 1"))
                .containsExactly("2026-01-14|load-a|4|8|5", "2026-01-15|load-b|4|8|5");
        assertThat(database.rows("SELECT business_date, state, balances, loaded, marts_built, reason FROM ops.v_books"
                        + " ORDER BY 1"))
                .containsExactly(
                        "2026-01-14|balances|t|8|4|loaded before schema version 7:"
                                + " which check it came from was not recorded",
                        "2026-01-15|marts are older than the load|f|8|0|mart_funnel_daily, mart_orders,"
                                + " mart_product_daily, mart_user_daily: not built from the load of 2026-01-16 12:00;"
                                + " make marts report DS=2026-01-15");
        assertThat(database.rows("SELECT business_date, is_final, state, as_of AT TIME ZONE 'UTC', pass_rate, row_count"
                        + " FROM mart.v_freshness WHERE mart = 'mart_orders' ORDER BY 1"))
                .containsExactly(
                        "2026-01-14|t|final|2026-01-15 00:10:00|0.990000|5",
                        "2026-01-15|f|newer data is loaded|2026-01-16 00:10:00|NULL|5");
    }

    @Test
    void aLedgerNoOneCouldHaveAddedUpSurvivesToo(@Unmigrated TestDatabase database) {
        Migrations.upTo(BEFORE, database);
        load(database, "2026-01-15", "load-a", "2026-01-16 00:10Z", "{\"value_range\": 7}");

        Migrations.upTo("7", database);

        assertThat(database.rows("SELECT state, balances, loaded FROM ops.v_books"))
                .containsExactly("does not add up|f|8");
        assertThatThrownBy(() -> load(database, "2026-01-16", "load-b", "2026-01-17 00:10Z", "{\"value_range\": 2}"))
                .rootCause()
                .hasMessageContaining("constraint \"came_from_a_check\"");
    }

    /** Ten lines, eight clean, as load-job of version 6 wrote them. */
    private static void load(TestDatabase database, String day, String run, String at, String reasons) {
        database.execute("""
                INSERT INTO ops.load_log
                    (run_id, file, dataset, slice, business_date, token, lines_read, clean, rejected, rejected_by_reason,
                     sent, copied, in_table, sha256, loaded_at)
                VALUES ('%1$s', 'check-%2$s/part-00000.csv', 'events', 'all', '%2$s', 1, 10, 8, 2,
                    CASE '%4$s' WHEN '{}' THEN '{"value_range": 2}' ELSE '%4$s' END::JSONB, 8, 8, 8, 'a', '%3$s')""".formatted(run, day, at, reasons));
    }

    private static void builds(TestDatabase database, String day, String at) {
        database.execute("""
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, facts, version, started_at)
                SELECT mart || '-%1$s', 'mart-job', 'events', mart, '%1$s', '1', 1, 'done', '{"rows": 5}', '0.1.0', '%2$s'
                FROM UNNEST(ARRAY['mart_funnel_daily', 'mart_orders', 'mart_product_daily', 'mart_user_daily', 'report'])
                    AS mart""".formatted(day, at));
    }

    private static void checks(TestDatabase database, String day, String at) {
        database.execute("""
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                     severity, status, day_status, version, checked_at)
                SELECT 'check-%1$s', 'events', 'all', '%1$s', name, 'a_check', 100, failed, 1 - failed / 100.0, 0.9,
                    severity, 'pass', 'pass', '0.1.0', '%2$s'
                FROM (VALUES ('value_range', 1, 'fail'), ('platform_device', 9, 'warn')) AS found (name, failed, severity)
                """.formatted(day, at));
    }
}
