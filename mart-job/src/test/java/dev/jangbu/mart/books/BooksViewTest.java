package dev.jangbu.mart.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.report.LoggedDay;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every state the books of a day can be in, from what the jobs wrote; times are of 2026-01-16 in Seoul. */
@ExtendWith(PostgresExtension.class)
class BooksViewTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    private TestDatabase database = new TestDatabase("", "");
    private LoggedDay day = new LoggedDay(database, DAY);

    @BeforeEach
    void setUp(TestDatabase fresh) {
        database = fresh;
        day = new LoggedDay(fresh, DAY);
    }

    @Test
    void aDayNoJobHasRunForHasNoBooks() {
        assertThat(database.rows("SELECT 1 FROM ops.v_books")).isEmpty();
        assertThat(database.rows("SELECT 1 FROM mart.v_freshness")).isEmpty();
    }

    @Test
    void aDayThatWentThroughBalances() {
        day.passed();

        assertThat(books()).isEqualTo("balances|t|10|8|2|8|4|4||");
        assertThat(fresh()).isEqualTo("t|final|2026-01-16 00:13:00|0.888888|2|2026-01-16 00:15:00");
    }

    @Test
    void anExtractionThatFailedIsNotLoaded() {
        day.run("extract-job", "all", "failed", "0.1", "the source is away", "{}");

        assertThat(books())
                .isEqualTo("not loaded|f|NULL|NULL|NULL|NULL|0|0|run|no extraction ended well;"
                        + " make run DS=2026-01-15");
        assertThat(fresh()).isEqualTo("f|not built|NULL|NULL|NULL|NULL");
    }

    @Test
    void aDayThatWasOnlyExtractedIsNotLoaded() {
        day.extracted();

        assertThat(books())
                .isEqualTo("not loaded|f|NULL|NULL|NULL|NULL|0|0|validate load marts report|"
                        + "extracted on 2026-01-16 09:11 and not checked since;"
                        + " make validate load marts report DS=2026-01-15");
    }

    @Test
    void aDayThatWasOnlyCheckedIsNotLoaded() {
        day.extracted().checked();

        assertThat(books())
                .isEqualTo("not loaded|f|10|8|2|NULL|0|0|load marts report|"
                        + "passed its checks on 2026-01-16 09:12 and was not loaded since;"
                        + " make load marts report DS=2026-01-15");
    }

    @Test
    void aRefusedDayNamesItsChecks() {
        day.refused();

        assertThat(books())
                .isEqualTo("quality failed|f|NULL|NULL|NULL|NULL|0|0|report|refused by its checks on 2026-01-16 09:12"
                        + " (required_fields, value_range), nothing is loaded; see make report DS=2026-01-15,"
                        + " have it mended, then make run DS=2026-01-15");
    }

    @Test
    void aLoadedDayThatIsRefusedLaterBalancesAndSaysSo() {
        day.passed().refused();

        assertThat(books())
                .isEqualTo(
                        "quality failed|t|10|8|2|8|4|4|report|a newer check refused the day on 2026-01-16 09:19"
                                + " (required_fields, value_range), the tables hold the load of 2026-01-16 09:13,"
                                + " which balances; see make report DS=2026-01-15, have it mended, then make run DS=2026-01-15");
        assertThat(fresh()).isEqualTo("f|newer data was refused|2026-01-16 00:13:00|0.888888|2|2026-01-16 00:15:00");
    }

    @Test
    void aNewerLandingIsTold() {
        day.passed().extracted();

        assertThat(books())
                .isEqualTo("check is older than the landing|t|10|8|2|8|4|4|validate load marts report|"
                        + "extracted on 2026-01-16 09:18 and not checked since;"
                        + " make validate load marts report DS=2026-01-15");
        assertThat(fresh()).startsWith("f|newer data has come|");
    }

    @Test
    void anExtractionThatLeftTheLandingInPlaceIsNone() {
        day.passed();
        day.run("extract-job", "all", "done", "0.1", "", "{\"landing_run\": \"2026-01-15-11-extract-joball\"}");

        assertThat(books()).startsWith("balances|t|");
    }

    @Test
    void anExtractionKilledBehindItsPublicationWasCheckedAllTheSame() {
        day.passed().extractedAndKilled().checked().loaded().martsAgain();

        assertThat(books()).startsWith("balances|t|");
    }

    @Test
    void aNewerCheckIsTold() {
        day.passed().extracted().checked();

        assertThat(books())
                .isEqualTo("load is older than the check|f|10|8|2|8|4|4|load marts report|checked again on"
                        + " 2026-01-16 09:19, the tables hold the load of 2026-01-16 09:13;"
                        + " make load marts report DS=2026-01-15");
        assertThat(fresh()).startsWith("f|newer data is checked|");
    }

    @Test
    void martsOfAnEarlierLoadAreTold() {
        day.passed().loaded();
        day.mart("mart_funnel_daily", "1").mart("mart_user_daily", "3");

        assertThat(books())
                .isEqualTo("marts are older than the load|f|10|8|2|8|2|4|marts report|mart_orders, mart_product_daily:"
                        + " not built from the load of 2026-01-16 09:18; make marts report DS=2026-01-15");
        assertThat(fresh()).startsWith("f|newer data is loaded|2026-01-16 00:13:00|");
        assertThat(database.value("SELECT state FROM mart.v_freshness WHERE mart = 'mart_user_daily'"))
                .isEqualTo("final");
    }

    @Test
    void martsThatWereNeverBuiltAreTold() {
        day.extracted().checked().loaded();
        day.mart("mart_orders", "2");

        assertThat(books())
                .startsWith("marts are missing|f|10|8|2|8|1|4|marts report|mart_funnel_daily, mart_product_daily,"
                        + " mart_user_daily: not built from");
        assertThat(database.value("SELECT state FROM mart.v_freshness WHERE mart = 'mart_user_daily'"))
                .isEqualTo("not built");
    }

    @Test
    void aDayExtractedBeforeItsEndIsNotFinal() {
        day.passed();
        database.execute(
                "UPDATE ops.pipeline_run_log SET started_at = '2026-01-15 14:59:59Z' WHERE job = 'extract-job'");
        assertThat(fresh()).startsWith("f|the day was not over|");

        database.execute(
                "UPDATE ops.pipeline_run_log SET started_at = '2026-01-15 15:00:00Z' WHERE job = 'extract-job'");
        assertThat(fresh()).startsWith("t|final|");
    }

    @Test
    void everyWordOfTheViewIsKnownHere() {
        String definition = database.value("SELECT pg_get_viewdef('ops.v_day_books'::regclass)");

        assertThat(Arrays.stream(BookState.values()).map(BookState::word))
                .allSatisfy(word -> assertThat(definition).contains("'" + word + "'"));
    }

    @Test
    void theReaderReadsWhatTheViewSays() {
        day.passed();
        new LoggedDay(database, DAY.plusDays(1)).refused();

        assertThat(read(DAY).line())
                .isEqualTo("10 lines = 8 clean + 2 rejected = 8 loaded; 4 of 4 marts from this load; balances");
        assertThat(read(DAY.plusDays(1)).line()).isEqualTo("quality failed");
        assertThat(read(DAY.plusDays(1)).cause())
                .isEqualTo(
                        "refused by its checks on 2026-01-17 09:12 (required_fields, value_range), nothing is loaded");
    }

    private Book read(LocalDate of) {
        return Objects.requireNonNull(Jdbi.create(database.url(), database.user(), "")
                .withHandle(handle -> new BookReader(handle, "events").read(of, of))
                .get(of));
    }

    private String books() {
        return database.value("SELECT state, balances, lines_read, clean, rejected, loaded, marts_built, marts_known,"
                + " repair, reason FROM ops.v_books");
    }

    private String fresh() {
        return database.value("SELECT is_final, state, as_of AT TIME ZONE 'UTC', pass_rate, row_count,"
                + " built_at AT TIME ZONE 'UTC' FROM mart.v_freshness WHERE mart = 'mart_orders'");
    }
}
