package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.records.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account's orders through the whole job, against a real database. */
@ExtendWith(PostgresExtension.class)
class OrdersJobTest {
    private static final String ORDER = Samples.of("cafe24-order.json");
    private static final String KEY = "ab".repeat(32);
    private static final String ORDER_HEADER =
            "account_id,order_id,sub_channel,ordered_at,ordered_on,paid_at,customer_key,currency,order_discount,"
                    + "shipping_fee,points_used,paid_amount,control_amount,is_mobile,is_first_order,imported_from,"
                    + "market_order_no,source_hash,observed_at\n";
    private static final String ITEM_HEADER =
            "account_id,item_id,order_id,product_id,variant_code,seller_code,product_name,option_text,quantity,"
                    + "remaining_quantity,unit_price,line_gross,line_discount,item_status,claim_type,claim_state,"
                    + "raw_status,line_kind,ever_paid,paid_at,paid_on,shipped_at,delivered_at,confirmed_at,"
                    + "claim_requested_at,claim_done_at,claim_done_on,status_changed_at,commission_amount,"
                    + "settlement_amount,package_number,package_shipping_fee,source_hash,observed_at\n";
    private static final String COUPON_HEADER =
            "account_id,order_id,item_id,coupon_code,coupon_id,coupon_name,discount_amount,source_hash,observed_at\n";

    @TempDir
    private Path root;

    private RecordsFixture fixture;

    @BeforeEach
    void prepare(TestDatabase database) {
        fixture = RecordsFixture.orders(database, root, "cafe24-hlogdemo", "cafe24");
    }

    @Test
    void orderBecomesRowsOfThreeTables() {
        fixture.land(ORDER);
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.DONE);
        assertThat(withoutHash(fixture.csv("sales_order")))
                .isEqualTo(ORDER_HEADER
                        + "cafe24-hlogdemo,20260302-0000013,mobile,2026-03-02T00:15:27.000000Z,2026-03-02,"
                        + "2026-03-02T00:16:02.000000Z," + KEY
                        + ",KRW,0.00,3000.00,0.00,53000.00,55000.00,true,false,,,#,2026-03-02T15:00:05.123000Z\n");
        assertThat(withoutHash(fixture.csv("order_item")))
                .isEqualTo(ITEM_HEADER
                        + "cafe24-hlogdemo,20260302-0000013-01,20260302-0000013,21,P000000B000A,,린넨 셔츠,색상=아이보리,1,1,"
                        + "35000.00,35000.00,5000.00,PREPARING,,,N20,SALE,true,2026-03-02T00:16:02.000000Z,2026-03-02,"
                        + ",,,,,,,,,,,#,2026-03-02T15:00:05.123000Z\n"
                        + "cafe24-hlogdemo,20260302-0000013-02,20260302-0000013,22,P000000C000A,,코튼 양말,,2,2,"
                        + "10000.00,20000.00,0.00,PREPARING,,,N20,SALE,true,2026-03-02T00:16:02.000000Z,2026-03-02,"
                        + ",,,,,,,,,,,#,2026-03-02T15:00:05.123000Z\n");
        assertThat(withoutHash(fixture.csv("order_coupon")))
                .isEqualTo(COUPON_HEADER
                        + "cafe24-hlogdemo,20260302-0000013,20260302-0000013-01,6069019282400000101,,봄맞이 5천원,5000.00,"
                        + "#,2026-03-02T15:00:05.123000Z\n");
        assertThat(fixture.refused("rejected") + fixture.refused("flagged")).isEmpty();
        assertThat(ended.summary().get("rows").toString())
                .isEqualTo("{\"sales_order\":1,\"order_item\":2,\"order_coupon\":1}");
    }

    @Test
    void booksAndGateAreThoseOfEvents() {
        fixture.land(ORDER, ORDER.replace("0000013", "0000014"));
        fixture.run();
        Manifest clean = fixture.clean().read("");
        assertThat(clean.files().stream()
                        .map(file -> file.path().substring(file.path().indexOf('/') + 1) + " " + file.rows() + " "
                                + file.counts()))
                .containsExactly(
                        "sales_order-00000.csv 2 {lines=2, rejected=0}",
                        "order_item-00000.csv 4 {lines=4, rejected=0}",
                        "order_coupon-00000.csv 2 {lines=2, rejected=0}");
        assertThat(fixture.database()
                        .rows(
                                "SELECT dataset, slice, split_part(file, '/', 2), split_part(landing_file, '/', 2), lines,"
                                        + " clean, rejected FROM ops.checked_file ORDER BY file"))
                .containsExactly(
                        "orders|cafe24-hlogdemo|order_coupon-00000.csv|part-00000.jsonl|2|2|0",
                        "orders|cafe24-hlogdemo|order_item-00000.csv|part-00000.jsonl|4|4|0",
                        "orders|cafe24-hlogdemo|sales_order-00000.csv|part-00000.jsonl|2|2|0");
        assertThat(fixture.database()
                        .rows("SELECT check_name, counted, failed, severity, status, day_status"
                                + " FROM ops.quality_check_log ORDER BY check_name"))
                .containsExactly(
                        "amount_sum|2|0|warn|pass|pass",
                        "order_consistent|2|0|fail|pass|pass",
                        "required_fields|2|0|fail|pass|pass",
                        "status_known|2|0|warn|pass|pass",
                        "timestamp_valid|2|0|fail|pass|pass",
                        "unique_item|2|0|fail|pass|pass",
                        "value_range|2|0|fail|pass|pass");
    }

    @Test
    void refusedOrderTakesItsItemsWithIt() {
        List<String> lines = new ArrayList<>();
        for (int order = 100; order < 119; order++) {
            lines.add(RecordsFixture.line(ORDER.replace("0000013", "0000" + order)));
        }
        lines.add(RecordsFixture.line(
                ORDER.replace("\"order_date\":\"2026-03-02T09:15:27+09:00\"", "\"order_date\":\"2. March\"")));
        fixture.land(Map.of("complete", 1L), List.of(lines));
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.clean().read("").files().stream().map(file -> file.rows() + " " + file.counts()))
                .containsExactly(
                        "19 {lines=20, rejected=1, rejected.timestamp_valid=1}",
                        "38 {lines=40, rejected=2, rejected.timestamp_valid=2}",
                        "19 {lines=20, rejected=1, rejected.timestamp_valid=1}");
        assertThat(fixture.clean().read("").counts())
                .isEqualTo(Map.of("lines", 80L, "rejected", 4L, "rejected.timestamp_valid", 4L, "complete", 1L));
        assertThat(fixture.database().rows("SELECT file, line, check_name, checks FROM ops.rejected_record"))
                .containsExactly("20260303T000000000Z-00000000/part-00000.jsonl|20|timestamp_valid|"
                        + "[{\"check\": \"timestamp_valid\", \"reason\": \"order_date: 2. March (expected:"
                        + " YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)\"}]");
    }

    @Test
    void badWindowPublishesNoCleanFilesAndTakesBackThoseOfBefore() {
        fixture.land(ORDER);
        fixture.run();
        fixture.land(ORDER, "{}", "[]", "{}");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.message())
                .startsWith("the day did not pass its checks: required_fields: 25 % of 4 passed, 3 failed"
                        + " (expected: 95 %): fail; value_range: 75 % of 4 passed, 1 failed (expected: 95 %): fail;"
                        + " see " + root);
        assertThat(fixture.clean().manifestFile()).doesNotExist();
        assertThat(fixture.refused("rejected").lines()).hasSize(3);
        assertThat(fixture.refused("rejected"))
                .contains("{\"check\":\"required_fields\",\"reason\":\"items: none (expected: at least one);"
                        + " order_id: absent (expected: a value); order_date: absent (expected: a value)\"}");
        assertThat(JobFixture.read(fixture.report())).contains("\"status\" : \"fail\"");
    }

    @Test
    void windowInWhichNothingChangedPasses() {
        fixture.land();
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.csv("sales_order")).isEqualTo(ORDER_HEADER);
        assertThat(fixture.clean().read("").rows()).isZero();
    }

    @Test
    void windowWithoutAnyPartPasses() {
        fixture.land(Map.of(), List.of());
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.database().rows("SELECT file, lines FROM ops.checked_file"))
                .containsExactly("(no file)|0");
    }

    @Test
    void sameContentHasTheSameHashHoweverItIsWrittenAndWheneverItIsSeen() throws Exception {
        fixture.land(ORDER);
        fixture.run();
        List<Map<String, String>> before = fixture.rows("order_item");
        String numbers = ORDER.replaceAll("\"(\\d+)\\.00\"", "$1").replace("\"quantity\":2", "\"quantity\":\"2\"");
        assertThat(numbers).contains("\"product_price\":35000,").isNotEqualTo(ORDER);
        fixture.land(
                Map.of(),
                List.of(List.of(
                        RecordsFixture.line(numbers).replace(RecordsFixture.OBSERVED_AT, "2026-03-03T00:00:00Z"))));
        fixture.run();
        List<Map<String, String>> after = fixture.rows("order_item");
        assertThat(after.get(0).remove("observed_at")).isEqualTo("2026-03-03T00:00:00.000000Z");
        before.get(0).remove("observed_at");
        assertThat(after.get(0)).isEqualTo(before.get(0)).containsKey("source_hash");
        assertThat(Files.exists(fixture.report())).isTrue();
    }

    @Test
    void wordNobodyKnowsIsKeptAndFlagged() {
        List<String> lines = new ArrayList<>();
        for (int order = 100; order < 200; order++) {
            lines.add(RecordsFixture.line(ORDER.replace("0000013", "0000" + order)));
        }
        lines.add(RecordsFixture.line(ORDER.replace("\"N20\"", "\"N99\"")));
        fixture.land(Map.of(), List.of(lines));
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.rows("order_item").subList(200, 202))
                .extracting(row -> row.get("item_status") + " " + row.get("raw_status"))
                .containsExactly("UNKNOWN N99", "UNKNOWN N99");
        assertThat(fixture.refused("flagged"))
                .startsWith(
                        "{\"file\":\"20260303T000000000Z-00000000/part-00000.jsonl\",\"line\":101,\"checks\":[{\"check\":"
                                + "\"status_known\",\"reason\":\"items[1].order_status: N99 (expected: a status of Cafe24 that is"
                                + " known here); items[2].order_status: N99 ");
        assertThat(fixture.database()
                        .rows("SELECT counted, failed, status FROM ops.quality_check_log"
                                + " WHERE check_name = 'status_known'"))
                .containsExactly("101|1|pass");
    }

    @Test
    void whatTheBooksRefuseIsNotPublishedAndTheSameRunAgainEndsIt() {
        fixture.land(ORDER);
        fixture.database().execute("ALTER TABLE ops.checked_file ADD CONSTRAINT closed CHECK (lines = 0)");
        assertThat(fixture.run().code()).isEqualTo(ExitCode.FAILED);
        assertThat(fixture.clean().manifestFile()).doesNotExist();
        assertThat(fixture.rejects().manifestFile()).exists();
        fixture.database().execute("ALTER TABLE ops.checked_file DROP CONSTRAINT closed");
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.rows("order_item")).hasSize(2);
        assertThat(fixture.database().rows("SELECT COUNT(*) FROM ops.checked_file"))
                .containsExactly("3");
    }

    @Test
    void partThatIsNotWhatTheManifestSaysIsNotRead() throws Exception {
        fixture.land(ORDER);
        Path part =
                root.resolve("landing/orders/2026-03-02/cafe24-hlogdemo/20260303T000000000Z-00000000/part-00000.jsonl");
        Files.writeString(part, JobFixture.read(part).replace("35000.00", "35000.01"));
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message()).startsWith(part + ": sha256 ").endsWith("run extract-job again");
        assertThat(fixture.clean().manifestFile()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, DONE, warn, pass",
        "2, 1, DONE, warn, pass",
        "3, 2, DONE, warn, pass",
        "4, 3, QUALITY_FAILED, fail, fail",
        "60, 3, DONE, pass, pass",
        "59, 3, QUALITY_FAILED, fail, fail",
        // A platform that changed its form stops the smallest shop too.
        "1, 1, QUALITY_FAILED, fail, fail",
        "2, 2, QUALITY_FAILED, fail, fail"
    })
    void aLineOrTwoOfASmallShopAreRejectedAndStopNothing(
            int lines, int bad, ExitCode code, String status, String dayStatus) {
        List<String> landed = new ArrayList<>();
        for (int order = 0; order < lines; order++) {
            String record = ORDER.replace("0000013", "0000" + (100 + order));
            landed.add(RecordsFixture.line(order < bad ? record.replace("2026-03-02T09:15:27", "2. March") : record));
        }
        fixture.land(Map.of(), List.of(landed));
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).as(ended.output()).isEqualTo(code);
        assertThat(fixture.database()
                        .rows("SELECT counted, failed, severity, status, day_status FROM ops.quality_check_log"
                                + " WHERE check_name = 'timestamp_valid'"))
                .containsExactly(lines + "|" + bad + "|fail|" + status + "|" + dayStatus);
        assertThat(fixture.database().rows("SELECT COUNT(*) FROM ops.rejected_record"))
                .containsExactly(String.valueOf(bad));
        assertThat(ended.summary().get("rejected_by_reason")).hasToString("{\"timestamp_valid\":" + bad + "}");
    }

    @Test
    void reconciliationIsASliceOfItsOwnAndOfTheSameAccount(TestDatabase database) {
        RecordsFixture reconcile = RecordsFixture.orders(database, root, "cafe24-hlogdemo.reconcile", "cafe24");
        reconcile.land(ORDER);
        assertThat(reconcile.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(reconcile.rows("sales_order").get(0)).containsEntry("account_id", "cafe24-hlogdemo");
        JobFixture.Ended nothing = fixture.run();
        assertThat(nothing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(nothing.message())
                .endsWith("run extract-job first: java -jar extract-job/target/extract-job.jar orders --account"
                        + " cafe24-hlogdemo --ds 2026-03-02");
    }

    @Test
    void profileNobodyReadsIsToldByName(TestDatabase database) {
        RecordsFixture other = RecordsFixture.orders(database, root, "cafe24-hlogdemo", "coupang");
        other.land(ORDER);
        JobFixture.Ended ended = other.run();
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.message())
                .endsWith("manifest.json: coupang (expected: one of ably, cafe24, online-retail, smartstore)");
    }

    @Test
    void lineTooLongToBeARecordIsRejectedWithItsHead() {
        String tooLong = "{\"x\":\"" + "y".repeat(1 << 20) + "\"}";
        List<String> lines = new ArrayList<>(List.of(tooLong, " "));
        for (int order = 100; order < 120; order++) {
            lines.add(RecordsFixture.line(ORDER.replace("0000013", "0000" + order)));
        }
        fixture.land(Map.of(), List.of(lines));
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.rows("sales_order")).hasSize(20);
        assertThat(fixture.refused("rejected"))
                .hasSizeLessThan(67_000)
                .contains("\"reason\":\"line: 1048584 bytes (expected: at most 1048576)\"")
                .contains("\"raw_bytes\":1048584,\"raw_sha256\":\"");
    }

    private static String withoutHash(String csv) {
        return csv.replaceAll("(?m),[0-9a-f]{64},([^,]+Z)$", ",#,$1");
    }
}
