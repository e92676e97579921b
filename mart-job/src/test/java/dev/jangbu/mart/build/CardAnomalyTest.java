package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an anomaly over several builds, and what is told of stores nobody knows. */
@ExtendWith(PostgresExtension.class)
class CardAnomalyTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final String STATES =
            "SELECT sale_id, rule, state, reviewed_by, first_seen_at IS NOT NULL FROM mart.v_card_anomaly ORDER BY 1, 2";
    private static final String REVIEW =
            "INSERT INTO ops.anomaly_review (account_id, sale_id, rule, state, reviewed_by) VALUES ('mysql-acquirer', ";

    @TempDir
    private Path workspace = Path.of("");

    @Test
    void whatWasSeenStaysSeenAndTheLastDecisionCounts(TestDatabase database) throws Exception {
        MartRun run = sales(database);
        buildAll(run);
        assertThat(database.rows(STATES)).containsExactly("2|over_twice_week|OPEN|NULL|t");

        database.execute("SET ROLE jangbu_search; " + REVIEW + "2, 'over_twice_week', 'CONFIRMED', 'kim'); " + REVIEW
                + "2, 'over_twice_week', 'DISMISSED', 'lee')");
        assertThat(database.rows(STATES)).containsExactly("2|over_twice_week|DISMISSED|lee|t");
        buildAll(run);
        assertThat(database.rows(STATES)).containsExactly("2|over_twice_week|DISMISSED|lee|t");

        database.execute("UPDATE raw.card_sale SET amount_sale = 20000 WHERE sale_id = 2");
        buildAll(run);
        assertThat(database.rows(STATES)).isEmpty();
        assertThat(database.rows("SELECT account_id, sale_id, rule FROM ops.anomaly_seen"))
                .containsExactly("mysql-acquirer|2|over_twice_week");
    }

    @Test
    void whatWasNeverSeenCannotBeDecided(TestDatabase database) throws Exception {
        buildAll(sales(database));

        assertThatThrownBy(() -> database.execute(REVIEW + "1, 'over_twice_week', 'CONFIRMED', 'kim')"))
                .rootCause()
                .hasMessageContaining("of_what_was_seen");
    }

    @Test
    void aLoadSinceTheWeekWasBuiltStopsTheDay(TestDatabase database) throws Exception {
        MartRun run = sales(database);
        buildAll(run);
        new SalesRows(database).touch("later", DAY);

        assertThat(run.build("mart_card_anomaly", DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(run.message())
                .startsWith("mart_card_anomaly 2026-01-15: check the_week_is_of_now failed: load_run=later-card-sales")
                .endsWith("build mart_store_weekly_spend again first); nothing was changed");
        assertThat(database.rows(STATES)).hasSize(1);

        for (Mart mart : MartRun.MARTS.ofDataset("card-sales")) {
            assertThat(run.buildTouched(mart)).isEqualTo(ExitCode.DONE);
        }
        assertThat(database.rows("SELECT mart FROM ops.v_touched_mart_day WHERE is_waiting"
                        + " AND mart IN (SELECT mart FROM ops.mart WHERE dataset = 'card-sales')"))
                .isEmpty();
    }

    @Test
    void aWeekIsNotBuiltWhileADayOfItShowsOtherSalesThanAreLoaded(TestDatabase database) throws Exception {
        MartRun run = sales(database);
        SalesRows rows = new SalesRows(database);
        LocalDate first = DAY.minusDays(4);
        rows.touch("first", first, DAY);
        assertThat(run.build("mart_store_daily_spend", first)).isEqualTo(ExitCode.DONE);
        assertThat(run.build("mart_store_daily_spend", DAY)).isEqualTo(ExitCode.DONE);
        assertThat(run.build("mart_store_weekly_spend", DAY)).as(run.message()).isEqualTo(ExitCode.DONE);

        database.execute("UPDATE raw.card_sale SET amount_sale = 12000 WHERE sale_id = 1");
        rows.touch("later", first);
        assertThat(run.build("mart_store_weekly_spend", DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(run.message())
                .isEqualTo("mart_store_weekly_spend 2026-01-15: check reconciles_with_raw failed:"
                        + " account_id=mysql-acquirer, mart_stores=2, raw_stores=2, mart_amount=10000.00,"
                        + " raw_amount=12000.00, mart_payments=1, raw_payments=1 (expected: the week of each account's"
                        + " stores is that of its sales; build mart_store_daily_spend of the week first);"
                        + " nothing was changed");

        assertThat(run.build("mart_store_daily_spend", first)).isEqualTo(ExitCode.DONE);
        assertThat(run.build("mart_store_weekly_spend", DAY)).as(run.message()).isEqualTo(ExitCode.DONE);
    }

    /** As after a correction of long ago, which touches the seven days after it. */
    @Test
    void aWeekIsBuiltWhereOnlyWaitingDaysShowAllThatIsLoaded(TestDatabase database) throws Exception {
        MartRun run = sales(database);
        SalesRows rows = new SalesRows(database);
        rows.touch("first", DAY.minusDays(4), DAY);
        assertThat(run.build("mart_store_daily_spend", DAY.minusDays(4))).isEqualTo(ExitCode.DONE);
        assertThat(run.build("mart_store_daily_spend", DAY)).isEqualTo(ExitCode.DONE);
        rows.touch("later", DAY.minusDays(4));

        assertThat(run.build("mart_store_weekly_spend", DAY)).as(run.message()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(
                        "SELECT store_id, total_sale, payment_count FROM mart.mart_store_weekly_spend ORDER BY 1"))
                .containsExactly("1|10000.00|1", "2|0.00|0");
    }

    @Test
    void aStoreIsUnknownToEachRuleThatKnowsTooLittle(TestDatabase database) throws Exception {
        buildAll(sales(database));

        assertThat(database.rows("SELECT store_id, rule, known, needed FROM mart.v_unknown_store ORDER BY 1, 2"))
                .containsExactly(
                        "1|cancellation_share|1|50",
                        "1|outside_hours|0|100",
                        "1|store_hour_outlier|0|20",
                        "2|cancellation_share|0|50",
                        "2|outside_hours|0|100",
                        "2|over_twice_week|0|1",
                        "2|store_hour_outlier|0|20");
    }

    @Test
    void aCalendarWeekIsMondayToSunday(TestDatabase database) throws Exception {
        MartRun run = sales(database);
        for (LocalDate day = DAY.minusDays(4); !day.isAfter(DAY); day = day.plusDays(1)) {
            assertThat(run.build("mart_store_daily_spend", day)).isEqualTo(ExitCode.DONE);
        }

        assertThat(database.rows("SELECT week_start, week_end, store_id, day_count, total_sale, payment_count,"
                        + " canceled_count, week_unit_price FROM mart.v_store_calendar_week_spend ORDER BY 1, 3"))
                .containsExactly(
                        "2026-01-05|2026-01-11|1|1|10000.00|1|0|10000.00",
                        "2026-01-12|2026-01-18|1|1|20001.00|1|1|20001.00",
                        "2026-01-12|2026-01-18|2|1|99000.00|1|0|99000.00");
    }

    /** A store with a week before the day, and one without. */
    private MartRun sales(TestDatabase database) throws Exception {
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('mysql-acquirer', 'acme', 'MYSQL', 'platform_sales')");
        SalesRows rows = new SalesRows(database);
        rows.copy("raw.card_sale", """
                sale_id,sold_at,amount_sale,store_id,is_canceled,card_key
                1,2026-01-11 10:00+09,10000,1,f,a
                2,2026-01-15 10:00+09,20001,1,f,b
                3,2026-01-15 11:00+09,20000,1,t,c
                4,2026-01-15 12:00+09,99000,2,f,d
                """);
        rows.touch("load");
        return new MartRun(database, workspace);
    }

    private static void buildAll(MartRun run) {
        assertThat(run.build("mart_store_daily_spend", DAY.minusDays(4))).isEqualTo(ExitCode.DONE);
        for (Mart mart : MartRun.MARTS.ofDataset("card-sales")) {
            assertThat(run.build(mart, DAY)).as(mart.name()).isEqualTo(ExitCode.DONE);
        }
    }
}
