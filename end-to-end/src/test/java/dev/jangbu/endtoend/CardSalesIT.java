package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.MariaDbExtension;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Card sales from an acquirer's MariaDB to the marts where something is out of the ordinary on the way: each ends with books
 * that balance and with the marts of an installation that read the same source once and undisturbed.
 */
@ExtendWith({PostgresExtension.class, MariaDbExtension.class})
class CardSalesIT {
    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void makeKey() {
        CardPipeline.makeKey(key());
    }

    private static Path key() {
        return shared.resolve("key");
    }

    /** Twenty days of ten sales each at store 50, from 2026-02-18 to 2026-03-09. */
    private static Acquirer withHistory(TestMariaDb source) {
        return Acquirer.of(source).sell("""
                SELECT
                    seq AS id, 50 AS store_id, 10000 AS amount, seq % 10 AS card,
                    TIMESTAMP('2026-02-18 12:00:00') + INTERVAL (seq - 1) DIV 10 DAY + INTERVAL seq % 10 MINUTE AS sold_at
                FROM seq_1_to_200""");
    }

    @Test
    void aDayOfOnlyCancellationsHasNoUnitPriceAndIsTold(
            TestDatabase database, TestDatabase undisturbed, TestMariaDb source) {
        Acquirer acquirer = withHistory(source).sell("""
                SELECT
                    seq AS id, IF(seq > 206, 51, 50) AS store_id, 10000 AS amount, seq AS card,
                    TIMESTAMP('2026-03-10 12:00:00') + INTERVAL seq - 200 MINUTE AS sold_at
                FROM seq_201_to_208""");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());
        pipeline.bring("2026-03-10");
        acquirer.cancel("id BETWEEN 201 AND 208", "'2026-03-10 20:00:00'").sell("""
                SELECT
                    seq AS id, IF(seq IN (211, 213), 51, 50) AS store_id, 12000 AS amount, seq AS card,
                    TIMESTAMP('2026-03-11 12:00:00') + INTERVAL seq > 211 DAY + INTERVAL seq - 200 MINUTE AS sold_at
                FROM seq_209_to_213""");

        pipeline.bring("2026-03-12");

        assertThat(
                        database.rows(
                                "SELECT store_id, total_sale, payment_count, canceled_count, canceled_amount, unit_price,"
                                        + " distinct_cards FROM mart.mart_store_daily_spend WHERE sale_date = '2026-03-10' ORDER BY 1"))
                .containsExactly("50|0.00|0|6|60000.00|NULL|0", "51|0.00|0|2|20000.00|NULL|0");
        assertThat(database.rows("SELECT sale_date, store_id, start_date, end_date, total_sale, payment_count,"
                        + " week_unit_price, is_unknown FROM mart.mart_store_weekly_spend"
                        + " WHERE sale_date >= '2026-03-10' ORDER BY 1, 2"))
                .containsExactly(
                        "2026-03-10|50|2026-03-03|2026-03-09|700000.00|70|10000.00|f",
                        "2026-03-10|51|2026-03-03|2026-03-09|0.00|0|NULL|t",
                        "2026-03-11|50|2026-03-04|2026-03-10|600000.00|60|10000.00|f",
                        "2026-03-11|51|2026-03-04|2026-03-10|0.00|0|NULL|t",
                        "2026-03-12|50|2026-03-05|2026-03-11|524000.00|52|10076.92|f",
                        "2026-03-12|51|2026-03-05|2026-03-11|12000.00|1|12000.00|f");
        assertThat(database.rows(
                        "SELECT week_start, store_id, total_sale, payment_count, canceled_count, week_unit_price"
                                + " FROM mart.v_store_calendar_week_spend WHERE week_start = '2026-03-09' ORDER BY 2"))
                .containsExactly("2026-03-09|50|136000.00|13|6|10461.54", "2026-03-09|51|24000.00|2|2|12000.00");
        // Six of six where 0.1 % is the least anything is held for: the root of 2 * 6 * ln(1 / 0.001), and 6 * 0.001.
        assertThat(database.rows(
                        "SELECT sale_date, sale_id, rule, score, expected, state, evidence ->> 'cancellations',"
                                + " evidence ->> 'sales', evidence ->> 'share', evidence ->> 'usual_share',"
                                + " evidence ->> 'history_sales' FROM mart.v_card_anomaly ORDER BY 2"))
                .containsExactly(
                        "2026-03-10|201|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200",
                        "2026-03-10|202|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200",
                        "2026-03-10|203|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200",
                        "2026-03-10|204|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200",
                        "2026-03-10|205|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200",
                        "2026-03-10|206|cancellation_share|9.1046|0.0060|OPEN|6|6|1.0000|0.0010|200");
        assertThat(database.rows("SELECT store_id, rule, known, needed FROM mart.v_unknown_store"
                        + " WHERE sale_date = '2026-03-10' ORDER BY 1, 2"))
                .containsExactly(
                        "51|cancellation_share|0|50",
                        "51|outside_hours|0|100",
                        "51|over_twice_week|0|1",
                        "51|store_hour_outlier|0|20");
        assertThat(pipeline.outcomes()).isEqualTo("213|8|0|0");
        assertThat(pipeline.books())
                .containsExactly("2026-03-10|balances|t|208|208|0|208|t", "2026-03-12|balances|t|13|13|0|13|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-12");
    }

    @Test
    void aStoreWithoutHistoryIsUnknownUntilItHasAWeek(
            TestDatabase database, TestDatabase undisturbed, TestMariaDb source) {
        // The hours of store 57 are looked at on 2026-03-17, a week after its first day.
        Acquirer acquirer = Acquirer.of(source).sell("""
                SELECT
                    seq AS id, 57 AS store_id, 10000 AS amount, seq AS card,
                    TIMESTAMP('2026-03-10 12:00:00') + INTERVAL seq MINUTE AS sold_at
                FROM seq_1_to_20
                UNION ALL SELECT 21, 57, 100000, 21, '2026-03-10 03:00:00'
                UNION ALL SELECT seq, 57, 7000, 22, TIMESTAMP('2026-03-10 15:00:00') + INTERVAL seq MINUTE FROM seq_22_to_24
                UNION ALL SELECT seq, 57, 10000, seq, '2026-03-10 13:00:00' FROM seq_25_to_29""").cancel("id BETWEEN 25 AND 29", "'2026-03-10 14:00:00'");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());

        pipeline.bring("2026-03-10");

        String told = "SELECT sale_id, rule, score FROM mart.v_card_anomaly WHERE sale_date = '%s' ORDER BY 1, 2";
        String unknown =
                "SELECT store_id, rule, known, needed FROM mart.v_unknown_store WHERE sale_date = '%s' ORDER BY 2";
        assertThat(database.rows("SELECT payment_count, week_unit_price, is_unknown FROM mart.mart_store_weekly_spend"))
                .containsExactly("0|NULL|t");
        assertThat(database.rows(unknown.formatted("2026-03-10")))
                .containsExactly(
                        "57|cancellation_share|0|50",
                        "57|outside_hours|0|100",
                        "57|over_twice_week|0|1",
                        "57|store_hour_outlier|0|20");
        // A rule that needs no history tells from the first day on.
        assertThat(database.rows(told.formatted("2026-03-10"))).containsExactly("24|same_card_same_amount|3.0000");

        acquirer.sell("""
                SELECT
                    100 + seq AS id, 57 AS store_id, 10000 AS amount, seq AS card,
                    TIMESTAMP('2026-03-11 12:00:00') + INTERVAL (seq - 1) DIV 20 DAY + INTERVAL seq % 20 MINUTE AS sold_at
                FROM seq_1_to_140
                UNION ALL SELECT 301, 57, 100000, 301, '2026-03-17 12:30:00'
                UNION ALL SELECT 302, 57, 10000, 302, '2026-03-17 03:00:00'
                UNION ALL SELECT seq, 57, 10000, seq, '2026-03-17 13:00:00' FROM seq_303_to_310""").cancel("id BETWEEN 303 AND 310", "'2026-03-17 14:00:00'");
        pipeline.bring("2026-03-17");

        assertThat(database.rows("SELECT start_date, total_sale, payment_count, week_unit_price, is_unknown"
                        + " FROM mart.mart_store_weekly_spend WHERE sale_date = '2026-03-17'"))
                .containsExactly("2026-03-10|1521000.00|144|10562.50|f");
        assertThat(database.rows(unknown.formatted("2026-03-17"))).isEmpty();
        assertThat(database.rows(told.formatted("2026-03-17")))
                .containsExactly(
                        "301|over_twice_week|9.4675",
                        "301|store_hour_outlier|22.8978",
                        "302|outside_hours|9.0000",
                        "303|cancellation_share|4.5847",
                        "304|cancellation_share|4.5847",
                        "305|cancellation_share|4.5847",
                        "306|cancellation_share|4.5847",
                        "307|cancellation_share|4.5847",
                        "308|cancellation_share|4.5847",
                        "309|cancellation_share|4.5847",
                        "310|cancellation_share|4.5847");
        assertThat(pipeline.books())
                .containsExactly("2026-03-10|balances|t|29|29|0|29|t", "2026-03-17|balances|t|153|153|0|153|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-17");
    }

    @Test
    void elevenThousandRowsOfOneSecondOverAPagesBorderAreEachThereOnce(
            TestDatabase database, TestDatabase undisturbed, TestMariaDb source) {
        Acquirer acquirer = Acquirer.of(source).sell("""
                SELECT
                    seq AS id, 50 + seq % 3 AS store_id, 10000 + seq AS amount, seq % 9000 AS card,
                    TIMESTAMP('2026-03-09 10:00:00') + INTERVAL seq SECOND AS sold_at
                FROM seq_1_to_12000""");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());
        assertThat(pipeline.bring("2026-03-09")).contains("\"pages\":2,").contains("\"rows\":12000,");
        acquirer.database()
                .execute("UPDATE platform_sales SET amount_sale = amount_sale + 1,"
                        + " modified = '2026-03-10 12:00:00' WHERE id BETWEEN 501 AND 11500");
        acquirer.cancel("id BETWEEN 501 AND 11500 AND id % 10 = 0", "'2026-03-10 12:00:00'");

        // The last ten minutes are read again: of 600 rows, 100 have changed since and stand among the others.
        assertThat(pipeline.bring("2026-03-10")).contains("\"pages\":2,").contains("\"rows\":11500,");

        assertThat(pipeline.outcomes()).isEqualTo("12000|11000|500|0");
        assertThat(database.rows("SELECT COUNT(*), COUNT(DISTINCT sale_id), MIN(sale_id), MAX(sale_id)"
                        + " FROM raw.card_sale_history"))
                .containsExactly("11000|11000|501|11500");
        assertThat(watermark(database)).isEqualTo("2026-03-10 12:00:00");
        assertThat(pipeline.days()).hasSize(3).isEqualTo(acquirer.days());
        assertThat(pipeline.books())
                .containsExactly(
                        "2026-03-09|balances|t|12000|12000|0|12000|t", "2026-03-10|balances|t|11500|11500|0|11500|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-10");
    }

    @Test
    void aSourceAnHourAheadLosesNothingWhenItsClockIsPutRight(
            TestDatabase database, TestDatabase undisturbed, TestMariaDb source) {
        String rows = """
                SELECT
                    seq AS id, 50 AS store_id, 10000 AS amount, seq AS card,
                    TIMESTAMP('2026-03-09 12:00:00') + INTERVAL seq MINUTE AS sold_at
                FROM seq_1_to_30""";
        source.setAhead(Duration.ofHours(1));
        Acquirer acquirer = Acquirer.of(source).sell(rows, "NOW(6)", "'{}'");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());
        Instant before = Instant.now();

        assertThat(pipeline.bring("2026-03-09")).contains("\"ahead_of_clock\":30,");

        // Not the time of the rows, which is still to come.
        assertThat(Instant.parse(database.value("SELECT to_json(position) #>> '{}' FROM ops.watermark")))
                .isBetween(before, Instant.now());
        source.setAhead(Duration.ZERO);
        acquirer.cancel("id IN (3, 4, 5)", "NOW(6)").sell("""
                SELECT 31 AS id, 50 AS store_id, 10000 AS amount, 31 AS card, '2026-03-10 12:00:00' AS sold_at""", "NOW(6)", "'{}'");
        assertThat(acquirer.value("SELECT MAX(modified) FROM platform_sales WHERE id IN (3, 4, 5, 31)"))
                .isLessThan(acquirer.value("SELECT MIN(modified) FROM platform_sales WHERE id = 6"));
        pipeline.bring("2026-03-10");

        assertThat(pipeline.outcomes()).isEqualTo("31|3|27|0");
        assertThat(pipeline.days())
                .containsExactly("2026-03-09|50|270000|27|3|30000|27", "2026-03-10|50|10000|1|0|0|1")
                .isEqualTo(acquirer.days());
        assertThat(database.rows("SELECT sale_id FROM raw.card_sale_history ORDER BY 1"))
                .containsExactly("3", "4", "5");
        assertThat(pipeline.books())
                .containsExactly("2026-03-09|balances|t|30|30|0|30|t", "2026-03-10|balances|t|31|31|0|31|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-10");
    }

    @Test
    void whatChangesWhileItIsReadIsOfTheNextRun(TestDatabase database, TestDatabase undisturbed, TestMariaDb source)
            throws IOException, InterruptedException, SQLException {
        Acquirer acquirer = Acquirer.of(source).sell("""
                SELECT
                    seq AS id, 50 + seq % 3 AS store_id, 10000 AS amount, seq % 9000 AS card,
                    TIMESTAMP('2026-03-09 10:00:00') + INTERVAL seq SECOND AS sold_at
                FROM seq_1_to_15000""", "sold_at + INTERVAL 5 SECOND", "REPEAT('x', 3000)");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());

        JobJar.Running reading = pipeline.freezeInAPage("2026-03-09");
        acquirer.cancel("id IN (10, 14000)", "'2026-03-09 20:00:00'").sell("""
                SELECT 15001 AS id, 50 AS store_id, 10000 AS amount, 1 AS card, '2026-03-09 21:00:00' AS sold_at""");
        JobJar.Ended ended = CardPipeline.thaw(reading);
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        pipeline.load("2026-03-09");

        assertThat(database.rows("SELECT COUNT(*), COUNT(*) FILTER (WHERE is_canceled) FROM raw.card_sale"))
                .containsExactly("15000|0");
        assertThat(watermark(database)).isEqualTo("2026-03-09 14:10:05");

        pipeline.bring("2026-03-10");

        // Ten minutes of rows of one second each, two that were canceled and one that was sold meanwhile.
        assertThat(pipeline.outcomes()).isEqualTo("15001|2|600|0");
        assertThat(watermark(database)).isEqualTo("2026-03-09 21:00:05");
        assertThat(pipeline.days()).hasSize(3).isEqualTo(acquirer.days());
        assertThat(pipeline.books())
                .containsExactly(
                        "2026-03-09|balances|t|15000|15000|0|15000|t", "2026-03-10|balances|t|603|603|0|603|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-10");
    }

    @Test
    void aSourceKilledInTheMiddleOfAPageIsGoneOnWith(
            TestDatabase database, TestDatabase undisturbed, TestMariaDb source)
            throws IOException, InterruptedException {
        // 45 KB each: a part of the landing, 64 MB, is whole after some 1,450 of them.
        Acquirer acquirer = Acquirer.of(source).sell("""
                SELECT
                    seq AS id, 50 + seq % 3 AS store_id, 10000 AS amount, seq % 900 AS card,
                    TIMESTAMP('2026-03-09 10:00:00') + INTERVAL seq SECOND AS sold_at
                FROM seq_1_to_2800""", "sold_at + INTERVAL 5 SECOND", "REPEAT('x', 45000)");
        CardPipeline pipeline = CardPipeline.open(database, acquirer, folder.resolve("data"), key());

        JobJar.Ended ended = pipeline.killSourceInAPage("2026-03-09");
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isEqualTo(11);
        assertThat(ended.output()).contains("; the source went away, run again");
        assertThat(database.rows("SELECT * FROM ops.watermark")).isEmpty();
        acquirer.cancel("id = 7", "'2026-03-09 20:00:00'");

        String summary = pipeline.bring("2026-03-09");

        // What was read before the kill and changed since is read again behind it: the later one counts.
        assertThat(summary).contains("\"count_expected\":2801,").doesNotContain("\"resumed\":0,");
        assertThat(pipeline.hasSavePoint()).isFalse();
        assertThat(database.rows(
                        "SELECT COUNT(*), COUNT(DISTINCT sale_id), SUM(sale_id), COUNT(*) FILTER (WHERE is_canceled)"
                                + " FROM raw.card_sale"))
                .containsExactly("2800|2800|3921400|1");
        assertThat(watermark(database)).isEqualTo("2026-03-09 20:00:00");
        assertThat(pipeline.days()).hasSize(3).isEqualTo(acquirer.days());
        assertThat(pipeline.books()).containsExactly("2026-03-09|balances|t|2801|2801|0|2801|t");
        asUndisturbed(pipeline, undisturbed, acquirer, "2026-03-09");
    }

    /** By Seoul's clock, as the source has it. */
    private static String watermark(TestDatabase database) {
        return database.value(
                "SELECT position AT TIME ZONE 'Asia/Seoul' FROM ops.watermark WHERE dataset = 'card-sales'");
    }

    /** Another installation reads what the source has now, once, and has the same sales and marts. */
    private void asUndisturbed(CardPipeline disturbed, TestDatabase database, Acquirer acquirer, String ds) {
        CardPipeline undisturbed = CardPipeline.open(database, acquirer, folder.resolve("undisturbed"), key());
        undisturbed.bring(ds);
        assertThat(disturbed.contents()).isEqualTo(undisturbed.contents());
        assertThat(disturbed.days()).isEqualTo(acquirer.days());
    }
}
