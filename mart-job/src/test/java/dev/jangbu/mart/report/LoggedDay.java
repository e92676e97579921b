package dev.jangbu.mart.report;

import dev.jangbu.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A day as the jobs leave it in the database: of 10 lines 8 are clean, by 3 users in 4 sessions with 2 purchases of 30,500
 * won. Jobs run from 00:10 UTC of the next day, a minute apart.
 */
public final class LoggedDay {
    private final TestDatabase database;
    private final LocalDate day;
    private int minute = 10;
    private String landing = "";
    private String check = "";

    public LoggedDay(TestDatabase database, LocalDate day) {
        this.database = database;
        this.day = day;
    }

    /** Checked, loaded, every mart built. */
    public LoggedDay passed() {
        return extracted().checked().loaded().raw(8).marts();
    }

    /** Checked and refused: 3 of 10 values are out of range. */
    public LoggedDay refused() {
        extracted();
        run("transform-job", "all", "quality_failed", "1.500", "1 of 7 checks failed: value_range 70.0 %", """
                {"contract": "default", "lines": 10, "rows": 6, "rejected": 4,
                 "rejected_by_reason": {"value_range": 3, "required_fields": 1}}""");
        return checks(3, "fail");
    }

    public LoggedDay extracted() {
        run("extract-job", "all", "done", "0.900", "", "{\"rows\": 10}");
        landing = runId("extract-joball");
        return this;
    }

    /** Killed behind the swap of its manifest: the landing is there, the run's end is not. */
    public LoggedDay extractedAndKilled() {
        run("extract-job", "all", "killed", "NULL", "ended without a word", "{}");
        landing = runId("extract-joball");
        return this;
    }

    public LoggedDay checked() {
        run("transform-job", "all", "done", "1.500", "", """
                {"contract": "default", "lines": 10, "rows": 8, "rejected": 2,
                 "rejected_by_reason": {"value_range": 1, "required_fields": 1}}""");
        checks(1, "pass");
        check = runId("checks");
        database.execute(sql("""
                INSERT INTO ops.checked_file
                    (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                     lines, clean, rejected, rejected_by_reason, sha256, checked_at)
                VALUES
                    ('%1$s', 'part-00000.csv', 'events', 'all', '%2$s', %4$d, '%5$s', 'part-00000.jsonl', 'l',
                     6, 5, 1, '{"required_fields": 1}', 'a', %3$s),
                    ('%1$s', 'part-00001.csv', 'events', 'all', '%2$s', %4$d, '%5$s', 'part-00001.jsonl', 'm',
                     4, 3, 1, '{"value_range": 1}', 'b', %3$s)""", check, day, time(), minute, landing));
        return this;
    }

    public LoggedDay loaded() {
        run("load-job", "all", "done", "2.250", "", "{\"rows\": 8}");
        database.execute(sql("""
                INSERT INTO ops.load_log
                    (run_id, file, dataset, slice, business_date, token, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, in_table, sha256, checked_by, loaded_at)
                VALUES
                    ('%1$s', 'part-00000.csv', 'events', 'all', '%2$s', %5$d, 6, 5, 1,
                     '{"required_fields": 1}', 5, 5, 5, 'a', '%4$s', %3$s),
                    ('%1$s', 'part-00001.csv', 'events', 'all', '%2$s', %5$d, 4, 3, 1,
                     '{"value_range": 1}', 3, 3, 3, 'b', '%4$s', %3$s)""", runId("load-job"), day, time(), check, minute));
        return this;
    }

    public LoggedDay raw(int rows) {
        String partition = "raw.raw_events_" + day.toString().replace("-", "");
        database.execute(sql(
                "CREATE TABLE IF NOT EXISTS %s PARTITION OF raw.raw_events" + " FOR VALUES FROM ('%s') TO ('%s')",
                partition, day, day.plusDays(1)));
        database.execute(sql("""
                INSERT INTO raw.raw_events (event_date, event_id, event_type, user_id, session_id, occurred_at, platform)
                SELECT '%1$s', gen_random_uuid(), 'click', 'U1', 'S1', '%1$s 03:00Z', 'web'
                FROM generate_series(1, %2$d)""", day, rows));
        return this;
    }

    public LoggedDay marts() {
        martsAgain();
        database.execute(sql("""
                INSERT INTO mart.mart_user_daily
                SELECT 'U' || n, '%1$s', CASE WHEN n = 1 THEN 2 ELSE 1 END, 1, 1, 0, CASE WHEN n < 3 THEN 1 ELSE 0 END,
                    0, 0, '%1$s 03:00Z', '%1$s 04:00Z', '1 hour'
                FROM generate_series(1, 3) AS n""", day));
        database.execute(sql("""
                INSERT INTO mart.mart_orders (order_id, user_id, order_date, order_timestamp, total_amount,
                    payment_method, platform, discount_amount, shipping_fee, item_count)
                VALUES ('O1', 'U1', '%1$s', '%1$s 03:00Z', 10500, 'kakao_pay', 'web', 0, 0, 1),
                    ('O2', 'U2', '%1$s', '%1$s 03:10Z', 20000, 'toss_pay', 'ios', 0, 0, 2)""", day));
        return this;
    }

    /** The same rows as they have. */
    public LoggedDay martsAgain() {
        return mart("mart_funnel_daily", "1")
                .mart("mart_orders", "2")
                .mart("mart_product_daily", "4")
                .mart("mart_user_daily", "3");
    }

    public LoggedDay mart(String name, String rows) {
        run("mart-job", name, "done", "0.400", "", "{\"rows\": " + rows + "}");
        database.execute(sql("""
                INSERT INTO ops.mart_log
                    (run_id, mart, dataset, business_date, token, load_run_id, load_file, source_rows, row_count, built_at)
                SELECT '%1$s', '%2$s', 'events', '%3$s', %6$d, run_id, file, 8, %4$s, %5$s
                FROM ops.load_log
                WHERE business_date = '%3$s'
                ORDER BY token DESC, file
                LIMIT 1""", runId("mart-job" + name), name, day, rows, time(), minute));
        return this;
    }

    public LoggedDay run(String job, String slice, String status, String seconds, String message, String facts) {
        minute++;
        database.execute(
                sql("""
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, message, facts, seconds,
                     version, started_at)
                VALUES ('%s', '%s', 'events', '%s', '%s', '1', %d, '%s', '%s', '%s', %s, '0.1.0', %s)""", runId(job + slice), job, slice, day, minute, status, message, facts, seconds, time()));
        return this;
    }

    private LoggedDay checks(int outOfRange, String dayStatus) {
        check("value_range", "range_check", 9, outOfRange, dayStatus);
        check("required_fields", "null_check", 10, 1, dayStatus);
        check("unique_event_id", "duplicate_check", 9, 0, dayStatus);
        check("funnel_sequence", "sequence_check", 4, 0, dayStatus);
        check("timestamp_valid", "timestamp_check", 9, 0, dayStatus);
        check("order_amount", "integrity_check", 0, 0, dayStatus);
        check("platform_device", "consistency_check", 9, 1, dayStatus);
        return this;
    }

    private void check(String name, String type, int counted, int failed, String dayStatus) {
        boolean isWarning = name.equals("platform_device");
        String threshold = dayStatus.equals("pass") && !isWarning ? "0.8" : "0.99";
        database.execute(sql(
                """
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate,
                     threshold, severity, status, day_status, version, checked_at)
                VALUES ('%1$s', 'events', 'all', '%2$s', '%3$s', '%4$s', %5$d, %6$d,
                    TRUNC(COALESCE(1 - %6$d::NUMERIC / NULLIF(%5$d, 0), 1), 6), %7$s, '%8$s', '%9$s', '%10$s', '0.1.0',
                    %11$s)""",
                runId("checks"),
                day,
                name,
                type,
                counted,
                failed,
                threshold,
                isWarning ? "warn" : "fail",
                failed == 0 ? "pass" : "fail",
                dayStatus,
                time()));
    }

    private String runId(String what) {
        return day + "-" + minute + "-" + what;
    }

    private String time() {
        return "TIMESTAMPTZ '" + day.plusDays(1) + " 00:" + minute + ":00Z'";
    }

    private static String sql(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
