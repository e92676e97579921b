package dev.jangbu.load.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Card sales: a first load goes past the merge, whatever comes after it is merged, and nothing is deleted. */
@ExtendWith(PostgresExtension.class)
class CardSaleMergeTest {
    private static final String INDEXES =
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'card_sale' ORDER BY indexdef";

    private static final String INDEXES_OF_PARTS = "SELECT COUNT(*), BOOL_AND(i.indisvalid) FROM pg_inherits AS part"
            + " JOIN pg_index AS i ON i.indexrelid = part.inhrelid"
            + " WHERE part.inhparent IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'raw.card_sale'::REGCLASS)";

    private static final String APART = "SELECT relname FROM pg_class WHERE relnamespace = 'raw'::REGNAMESPACE"
            + " AND relkind = 'r' AND NOT relispartition AND relname ~ '^card_sale_.*_t[0-9]+$'";

    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String NEXT = "2026-03-03T10:00:00Z";
    private static final String WEEK_LATER = "2026-03-09T10:00:00Z";
    private static final String RECONCILE = CleanRow.ACCOUNT + ".reconcile";

    private static final String SALES = "SELECT sale_id, amount_sale, is_canceled, sale_date,"
            + " vanished_at AT TIME ZONE 'UTC' FROM raw.card_sale ORDER BY 1";
    private static final String HISTORY = "SELECT sale_id, amount_sale, is_canceled, sale_date, replaced_by_run_id ="
            + " (SELECT loaded_run_id FROM raw.card_sale AS held WHERE held.sale_id = former.sale_id)"
            + " FROM raw.card_sale_history AS former ORDER BY replaced_at, sale_id";
    private static final String COUNTS = "SELECT split_part(split_part(file, '/', 2), '-', 1), inserted, updated,"
            + " unchanged, superseded FROM ops.load_log ORDER BY loaded_at, file";
    private static final String LAST_TOUCHED =
            "SELECT business_date FROM ops.touched_day WHERE run_id = (SELECT MAX(run_id) FROM ops.load_log) ORDER BY 1";

    @TempDir
    private Path workspace;

    private static CleanRow sale(long id, String day, String observedAt) {
        return CleanRow.cardSale(id, day, observedAt);
    }

    private static CleanRow vanished(long id, String observedAt) {
        return CleanRow.of(
                "card_sale_vanished", "account_id=%s,sale_id=%d".formatted(CleanRow.ACCOUNT, id), observedAt);
    }

    private static CleanRow month(String observedAt) {
        return CleanRow.of(
                "card_month",
                "account_id=%s,month_start=2026-02-01,stored_rows=2,source_rows=2,stored_checksum=ab,source_checksum=cd"
                        .formatted(CleanRow.ACCOUNT),
                observedAt);
    }

    private static CleanRow store(String name, String observedAt) {
        return CleanRow.of(
                "card_store", "account_id=%s,store_id=50,name=%s".formatted(CleanRow.ACCOUNT, name), observedAt);
    }

    @Test
    void aFirstLoadIsTheSameAsAMergeAndAgainChangesNothing(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        List<String> indexes = database.rows(INDEXES);
        assertThat(window.load(sale(1, "2026-02-20", EVENING), sale(2, "2026-03-01", EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.lastLine()).contains("\"first_load\":true,").contains("\"inserted\":2,");
        assertThat(database.rows(SALES))
                .containsExactly("1|12000.00|f|2026-02-20|NULL", "2|12000.00|f|2026-03-01|NULL");
        assertThat(database.rows("SELECT COUNT(DISTINCT loaded_run_id) FROM raw.card_sale WHERE loaded_run_id ="
                        + " (SELECT run_id FROM ops.load_log)"))
                .containsExactly("1");
        assertThat(database.rows("SELECT store_id, name, first_seen_at AT TIME ZONE 'UTC' FROM raw.card_store"))
                .containsExactly("50|NULL|2026-03-02 10:00:00");
        // The week of each sale, and no day that has not come.
        assertThat(database.rows(LAST_TOUCHED))
                .containsExactly(
                        "2026-02-20",
                        "2026-02-21",
                        "2026-02-22",
                        "2026-02-23",
                        "2026-02-24",
                        "2026-02-25",
                        "2026-02-26",
                        "2026-02-27",
                        "2026-03-01",
                        "2026-03-02");

        assertThat(database.rows(INDEXES)).isEqualTo(indexes).isNotEmpty();
        assertThat(database.rows(INDEXES_OF_PARTS))
                .as("each index of the table is there in the account's part, and used")
                .containsExactly(indexes.size() + "|t");
        assertThat(database.rows("SELECT COUNT(*) FROM raw.card_text")).containsExactly("1");

        List<String> before = database.rows("SELECT t FROM raw.card_sale AS t ORDER BY 1");
        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT t FROM raw.card_sale AS t ORDER BY 1")).isEqualTo(before);
        assertThat(database.rows("SELECT COUNT(*) FROM raw.card_sale_history")).containsExactly("0");
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();
        assertThat(database.rows(COUNTS)).containsExactly("card_sale|2|0|0|0", "card_sale|0|0|2|0");
    }

    @Test
    void aChangedSaleTakesThePlaceOfTheOldOneWhichIsKept(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(sale(1, "2026-02-20", EVENING), sale(2, "2026-03-01", EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03")
                        .load(
                                sale(1, "2026-03-01", NEXT).with("is_canceled=true"),
                                sale(2, "2026-03-01", NEXT),
                                sale(3, "2026-03-03", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(SALES))
                .containsExactly(
                        "1|12000.00|t|2026-03-01|NULL", "2|12000.00|f|2026-03-01|NULL", "3|12000.00|f|2026-03-03|NULL");
        assertThat(database.rows(HISTORY)).containsExactly("1|12000.00|f|2026-02-20|t");
        assertThat(database.rows(COUNTS)).containsExactly("card_sale|2|0|0|0", "card_sale|1|1|1|0");
        assertThat(database.rows(LAST_TOUCHED))
                .containsExactly(
                        "2026-02-20",
                        "2026-02-21",
                        "2026-02-22",
                        "2026-02-23",
                        "2026-02-24",
                        "2026-02-25",
                        "2026-02-26",
                        "2026-02-27",
                        "2026-03-01",
                        "2026-03-02",
                        "2026-03-03");

        // The window before it again: nothing goes back.
        assertThat(window.on("2026-03-02").load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT sale_id, is_canceled FROM raw.card_sale WHERE sale_id = 1"))
                .containsExactly("1|t");
        assertThat(database.rows("SELECT superseded, unchanged FROM ops.load_log WHERE business_date = '2026-03-02'"
                        + " ORDER BY loaded_at DESC LIMIT 1"))
                .containsExactly("1|1");
    }

    @Test
    void aRowThatChangedWhileAFirstLoadWasReadIsThereOnceAsItIsNow(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(
                        sale(1, "2026-03-01", EVENING),
                        sale(2, "2026-03-01", EVENING),
                        sale(1, "2026-03-01", NEXT).with("is_canceled=true")))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.lastLine()).doesNotContain("first_load");
        assertThat(database.rows(SALES))
                .containsExactly("1|12000.00|t|2026-03-01|NULL", "2|12000.00|f|2026-03-01|NULL");
        assertThat(database.rows(COUNTS)).containsExactly("card_sale|2|0|0|1");
    }

    @Test
    void aSaleThatVanishedIsMarkedAndOneThatComesBackIsThereAgain(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(sale(1, "2026-02-20", EVENING), sale(2, "2026-02-21", EVENING)))
                .isEqualTo(ExitCode.DONE);

        CleanWindow weekly = window.ofSlice(RECONCILE).on("2026-03-09");
        assertThat(weekly.load(
                        vanished(1, WEEK_LATER),
                        vanished(9, WEEK_LATER),
                        sale(2, "2026-02-21", WEEK_LATER).with("amount_sale=9000.00"),
                        sale(3, "2026-02-22", WEEK_LATER),
                        month(WEEK_LATER)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(SALES))
                .containsExactly(
                        "1|12000.00|f|2026-02-20|2026-03-09 10:00:00",
                        "2|9000.00|f|2026-02-21|NULL",
                        "3|12000.00|f|2026-02-22|NULL");
        assertThat(weekly.lastLine())
                .contains("\"different_months\":1,\"brought\":1,\"changed\":1,\"returned\":0,\"vanished\":1");
        assertThat(database.rows("SELECT month_start, load_date, stored_rows, source_rows, stored_checksum,"
                        + " source_checksum, brought, changed, returned, vanished FROM ops.card_month_difference"))
                .containsExactly("2026-02-01|2026-03-09|2|2|ab|cd|1|1|0|1");
        assertThat(database.rows(LAST_TOUCHED))
                .startsWith("2026-02-20")
                .endsWith("2026-03-01")
                .hasSize(10);
        assertThat(database.rows("SELECT split_part(split_part(file, '/', 2), '-', 1), inserted, updated, unchanged,"
                        + " superseded FROM ops.load_log WHERE slice = '" + RECONCILE + "' ORDER BY file"))
                .containsExactly("card_month|1|0|0|0", "card_sale|1|1|0|0", "card_sale_vanished|0|1|1|0");

        assertThat(weekly.on("2026-03-16")
                        .load(sale(1, "2026-02-20", "2026-03-16T10:00:00Z"), month("2026-03-16T10:00:00Z")))
                .isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT sale_id, vanished_at FROM raw.card_sale WHERE sale_id = 1"))
                .containsExactly("1|NULL");
        assertThat(database.rows("SELECT sale_id, vanished_at IS NULL FROM raw.card_sale_history ORDER BY 1"))
                .containsExactly("1|f", "2|t");
        assertThat(database.rows("SELECT returned, vanished FROM ops.card_month_difference ORDER BY load_date"))
                .containsExactly("0|1", "1|0");

        // The comparison before it again: the sale was read since.
        assertThat(weekly.on("2026-03-09").load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT sale_id, vanished_at FROM raw.card_sale WHERE sale_id = 1"))
                .containsExactly("1|NULL");
    }

    @Test
    void aStoreHasTheNameAFileGivesIt(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(sale(1, "2026-03-01", EVENING), store("shell kings", EVENING)))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.on("2026-03-03").load(sale(2, "2026-03-03", NEXT))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT store_id, name, first_seen_at AT TIME ZONE 'UTC' FROM raw.card_store"))
                .containsExactly("50|shell kings|2026-03-02 10:00:00");
        assertThat(database.rows(COUNTS))
                .containsExactly("card_sale|1|0|0|0", "card_store|1|0|0|0", "card_sale|1|0|0|0");
    }

    @Test
    void monthsThatAFileBringsAgainAreTold(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        database.execute("UPDATE ops.account SET channel_code = 'FILE'");
        assertThat(window.load(
                        sale(1, "2026-02-20", EVENING), sale(2, "2026-02-21", EVENING), sale(3, "2026-03-01", EVENING)))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.lastLine()).doesNotContain("repeated");

        assertThat(window.on("2026-03-03")
                        .load(
                                sale(2, "2026-02-21", NEXT),
                                sale(3, "2026-03-01", NEXT),
                                sale(4, "2026-03-02", NEXT),
                                sale(1, "2026-02-20", NEXT)))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.lastLine()).contains("\"repeated_rows\":3,\"repeated_months\":{\"2026-02\":2,\"2026-03\":1}");
    }

    @Test
    void aCardThatIsForgottenIsTakenOffItsSales(TestDatabase database) {
        String key = "0123456789abcdef".repeat(4);
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(
                        sale(1, "2026-02-20", EVENING).with("card_key=" + key + ",remark=김철수 예약"),
                        sale(2, "2026-02-21", EVENING).with("remark=단체"),
                        sale(3, "2026-02-22", EVENING).with("card_key=" + key + ",remark=단체")))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.on("2026-03-03")
                        .load(sale(1, "2026-02-20", NEXT)
                                .with("card_key=" + key
                                        + ",is_canceled=true,remark=김철수 취소,result_msg=김철수 님 취소,raw_data=김철수")))
                .isEqualTo(ExitCode.DONE);
        database.execute(
                "INSERT INTO mart.mart_card_anomaly SELECT sale_date, 'acme', account_id, sale_id, 'card_burst', store_id,"
                        + " sold_at, amount_sale, 3, 2, JSONB_BUILD_OBJECT('stores', 3, 'card', v.card)"
                        + " FROM raw.card_sale JOIN (VALUES (1, '0123456789ab'), (2, 'another')) AS v (id, card) ON id = sale_id");

        assertThat(database.rows("SELECT ops.forget_customer('" + key + "')")).containsExactly("3");

        assertThat(
                        database.rows(
                                "SELECT sale_id, card_number, card_key, remark, result_msg, raw_data FROM raw.card_sale ORDER BY 1"))
                .containsExactly(
                        "1|NULL|NULL|NULL|NULL|NULL",
                        "2|5310-12**-****-3456|NULL|단체|NULL|NULL",
                        "3|NULL|NULL|NULL|NULL|NULL");
        assertThat(database.rows("SELECT sale_id, card_number, card_key, remark FROM raw.card_sale_history"))
                .containsExactly("1|NULL|NULL|NULL");
        assertThat(database.rows("SELECT remark, result_msg FROM raw.card_text ORDER BY 1"))
                .containsExactly("단체|NULL", "NULL|NULL");
        assertThat(database.rows("SELECT sale_id, evidence FROM mart.mart_card_anomaly ORDER BY 1"))
                .containsExactly("1|{\"stores\": 3}", "2|{\"card\": \"another\", \"stores\": 3}");
        assertThat(database.rows("SELECT business_date FROM ops.touched_day WHERE run_id LIKE 'erasure-%' ORDER BY 1"))
                .containsExactly("2026-02-20", "2026-02-22");
    }

    @Test
    void rowsOfAnotherAccountUndoAFirstLoad(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(sale(1, "2026-03-01", EVENING).with("account_id=another")))
                .isEqualTo(ExitCode.FAILED);

        assertThat(window.lastLine())
                .contains("card_sale: 1 rows with account_id another (expected: " + CleanRow.ACCOUNT
                        + "); nothing was loaded");
        assertThat(database.rows("SELECT COUNT(*) FROM raw.card_sale")).containsExactly("0");
        assertThat(database.rows(APART)).isEmpty();
    }

    @Test
    void aFirstLoadOfUsualRowsIsTheSameAsOneThatTheServerReads(TestDatabase database) {
        String usual = "created=2026-02-20T01:02:03.456789Z,sold_at=2026-02-19T23:59:59.000001Z,amount_sale=-12000.50";
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(
                        sale(1, "2026-02-20", "2026-03-02T10:00:00.000000Z").with(usual + ",remark=")))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.lastLine()).contains("\"first_load\":true,");
        assertThat(database.rows("SELECT created AT TIME ZONE 'UTC', sold_at AT TIME ZONE 'UTC', amount_sale, remark,"
                        + " sale_date, observed_at AT TIME ZONE 'UTC' FROM raw.card_sale"))
                .containsExactly("2026-02-20 01:02:03.456789|2026-02-19 23:59:59.000001|-12000.50|NULL|2026-02-20"
                        + "|2026-03-02 10:00:00");
        assertThat(database.rows("SELECT conname FROM pg_constraint WHERE conname = 'of_one_account'"))
                .isEmpty();
    }

    @Test
    void whatAKilledFirstLoadLeftIsDroppedByTheNext(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        String left = database.value("SELECT ops.card_sale_part('" + CleanRow.ACCOUNT + "') || '_t0'");
        database.execute("CREATE TABLE raw." + left + " (LIKE raw.card_sale)");

        assertThat(window.load(sale(1, "2026-03-01", EVENING))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(APART)).isEmpty();
        assertThat(database.rows(SALES)).containsExactly("1|12000.00|f|2026-03-01|NULL");
    }

    @Test
    void aSecondAccountsFirstSalesStandBesideTheOthers(TestDatabase database) {
        CleanWindow window = new CleanWindow("card-sales", workspace, database);
        assertThat(window.load(sale(1, "2026-03-01", EVENING))).isEqualTo(ExitCode.DONE);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " SELECT 'another', tenant_id, channel_code, 'another' FROM ops.account WHERE account_id = '"
                + CleanRow.ACCOUNT + "'");

        assertThat(window.ofSlice("another")
                        .load(sale(1, "2026-03-01", EVENING).with("account_id=another,amount_sale=1.00")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT account_id, sale_id, amount_sale FROM raw.card_sale ORDER BY 1"))
                .containsExactlyInAnyOrder("another|1|1.00", CleanRow.ACCOUNT + "|1|12000.00");
    }

    @Test
    void salesOfAnAccountWithoutAPartAreRefused(TestDatabase database) {
        assertThatThrownBy(() -> database.execute("SET jangbu.run_id = 'test'; INSERT INTO raw.card_sale (account_id,"
                        + " sale_id, amount_sale, is_canceled, sold_at, store_id, sale_date, source_hash, observed_at)"
                        + " VALUES ('nobody', 1, 1, FALSE, NOW(), 1, '2026-03-01', '', NOW())"))
                .rootCause()
                .hasMessageContaining("no partition of relation \"card_sale\" found for row");
    }
}
