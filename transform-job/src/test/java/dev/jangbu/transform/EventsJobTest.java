package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A day through the whole job, against a real database. */
@ExtendWith(PostgresExtension.class)
class EventsJobTest {
    private static final String VIEW =
            "{\"event_id\":\"00000000-0000-4000-8000-00000000000A\",\"event_type\":\"page_view\","
                    + "\"user_id\":\"U1\",\"session_id\":\"S1\",\"timestamp\":\"2026-01-15T10:00:00\",\"platform\":\"web\","
                    + "\"device_type\":\"desktop\",\"page_url\":\"https://shop.example/a,b\",\"page_type\":\"home\",\"new_field\":1.50}";
    private static final String PURCHASE =
            "{\"event_id\":\"00000000-0000-4000-8000-00000000000b\",\"event_type\":\"purchase\","
                    + "\"user_id\":\"U1\",\"session_id\":\"S1\",\"timestamp\":\"2026-01-15T10:05:00Z\",\"platform\":\"web\","
                    + "\"device_type\":\"desktop\",\"order_id\":\"ORD1\",\"total_amount\":12500,\"payment_method\":\"kakao_pay\","
                    + "\"extra_data\":{\"products\":[{\"product_id\":\"P1\",\"quantity\":2,\"unit_price\":5000.50}],"
                    + "\"discount_amount\":500,\"shipping_fee\":3000,\"coupon_code\":null,\"gift\":true}}";
    private static final String CART =
            "{\"event_id\":\"00000000-0000-4000-8000-00000000000c\",\"event_type\":\"add_to_cart\","
                    + "\"user_id\":\"U1\",\"session_id\":\"S1\",\"timestamp\":\"2026-01-15T10:01:00.5\",\"platform\":\"web\","
                    + "\"device_type\":\"desktop\",\"product_id\":\"P1\",\"quantity\":2,\"unit_price\":5000.50}";
    private static final String HEADER =
            "event_date,event_id,event_type,user_id,session_id,occurred_at,platform,device_type,os,browser,page_url,"
                    + "referrer,page_type,product_id,category_id,element_id,element_type,position,quantity,unit_price,"
                    + "source_page,is_recommendation,order_id,total_amount,payment_method,discount_amount,shipping_fee,"
                    + "coupon_code,products,search_query,result_count,category_filter,sort_type,page_number,extra\n";

    @TempDir
    private Path root;

    private JobFixture fixture;

    @BeforeEach
    void prepare(TestDatabase database) {
        fixture = new JobFixture(database, root);
    }

    @Test
    void goodDayIsPublishedRowForRow() {
        fixture.land(VIEW, CART, "", PURCHASE);
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.DONE);
        assertThat(JobFixture.content(fixture.clean()))
                .isEqualTo(HEADER
                        + "2026-01-15,00000000-0000-4000-8000-00000000000a,page_view,U1,S1,2026-01-15T01:00:00.000000Z,web,desktop,,,"
                        + "\"https://shop.example/a,b\",,home,,,,,,,,,,,,,,,,,,,,,,\"{\"\"new_field\"\":1.50}\"\n"
                        + "2026-01-15,00000000-0000-4000-8000-00000000000c,add_to_cart,U1,S1,2026-01-15T01:01:00.500000Z,web,desktop,,,,,,"
                        + "P1,,,,,2,5000.50,,,,,,,,,,,,,,,\n"
                        + "2026-01-15,00000000-0000-4000-8000-00000000000b,purchase,U1,S1,2026-01-15T10:05:00.000000Z,web,desktop,,,,,,,,,,,,,,,"
                        + "ORD1,12500,kakao_pay,500,3000,,\"[{\"\"product_id\"\":\"\"P1\"\",\"\"quantity\"\":2,\"\"unit_price\"\":5000.50}]\","
                        + ",,,,,\"{\"\"extra_data\"\":{\"\"gift\"\":true}}\"\n");
        assertThat(fixture.clean().read("").counts()).isEqualTo(Map.of("lines", 3L, "rejected", 0L));
        assertThat(JobFixture.content(fixture.rejects())).isEmpty();
        assertThat(ended.summary().get("rows").intValue()).isEqualTo(3);
    }

    @Test
    void whatWasCheckedIsWrittenDownWithWhatIsPublished() {
        fixture.land(VIEW, CART, PURCHASE);
        fixture.run();
        Manifest clean = fixture.clean().read("");
        Manifest landing =
                fixture.workspace().landing("events", "all", JobFixture.DAY).read("");
        assertThat(fixture.database()
                        .rows("SELECT run_id, file, business_date, landing_run_id, landing_file, landing_sha256, lines,"
                                + " clean, rejected, rejected_by_reason, sha256 FROM ops.checked_file"))
                .containsExactly(String.join(
                        "|",
                        clean.runId(),
                        clean.files().get(0).path(),
                        "2026-01-15",
                        landing.runId(),
                        landing.files().get(0).path(),
                        landing.files().get(0).sha256(),
                        "3|3|0|{}",
                        clean.files().get(0).sha256()));
    }

    @Test
    void aRefusedDayIsNotAmongWhatMayBeLoaded() {
        fixture.land(VIEW, CART, PURCHASE, "{");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.summary().get("landing_run").stringValue()).isEqualTo("20260116T000000000Z-00000000");
        assertThat(fixture.database().rows("SELECT 1 FROM ops.checked_file")).isEmpty();
    }

    @Test
    void whatTheBooksRefuseIsNotPublished() {
        fixture.land(VIEW, CART, PURCHASE);
        fixture.database().execute("ALTER TABLE ops.checked_file ADD CONSTRAINT closed CHECK (lines = 0)");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message()).contains("constraint \"closed\"");
        assertThat(fixture.clean().manifestFile()).doesNotExist();
    }

    @Test
    void whatIsPublishedCanBeCopied() throws Exception {
        fixture.land(VIEW, CART, PURCHASE);
        fixture.run();
        fixture.database().execute("CREATE TABLE raw.copied (LIKE raw.raw_events)");
        try (java.sql.Connection connection = fixture.database().connect()) {
            new org.postgresql.copy.CopyManager(connection.unwrap(org.postgresql.core.BaseConnection.class))
                    .copyIn(
                            "COPY raw.copied FROM STDIN (FORMAT csv, HEADER)",
                            new java.io.StringReader(JobFixture.content(fixture.clean())));
        }
        assertThat(fixture.database()
                        .rows("SELECT event_type, occurred_at AT TIME ZONE 'UTC', page_url, unit_price, products, extra"
                                + " FROM raw.copied ORDER BY occurred_at"))
                .containsExactly(
                        "page_view|2026-01-15 01:00:00|https://shop.example/a,b|NULL|NULL|{\"new_field\": 1.50}",
                        "add_to_cart|2026-01-15 01:01:00.5|NULL|5000.50|NULL|NULL",
                        "purchase|2026-01-15 10:05:00|NULL|NULL|[{\"quantity\": 2, \"product_id\": \"P1\", \"unit_price\": 5000.50}]"
                                + "|{\"extra_data\": {\"gift\": true}}");
    }

    @Test
    void sameDayTwiceGivesEqualBytes() {
        fixture.land(VIEW, CART, "no record", PURCHASE, VIEW);
        fixture.run();
        String rejects = JobFixture.content(fixture.rejects());
        assertThat(fixture.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(JobFixture.content(fixture.rejects())).isEqualTo(rejects);
    }

    @Test
    void failedDayPublishesRejectsAndReportAndNoCleanFiles() {
        fixture.land(VIEW, CART, PURCHASE);
        fixture.run();
        fixture.land(VIEW, CART, PURCHASE, "{");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.summary().get("status").stringValue()).isEqualTo("quality_failed");
        assertThat(ended.message())
                .startsWith("the day did not pass its checks: required_fields: 75 % of 4 passed, 1 failed"
                        + " (expected: 99 %): fail; see ");
        Assertions.assertThatThrownBy(() -> fixture.clean().read("run transform-job again"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("the day did not pass its checks: required_fields: 75 % of 4 passed")
                .hasMessageEndingWith("; run transform-job again");
        assertThat(JobFixture.content(fixture.rejects()))
                .isEqualTo(
                        "{\"file\":\"20260116T000000000Z-00000000/part-00000.jsonl\",\"line\":4,\"checks\":[{\"check\":"
                                + "\"required_fields\",\"reason\":\"line: not JSON at character 2 (expected: one JSON object)\"}],"
                                + "\"raw\":\"{\",\"raw_bytes\":1}\n");
        assertThat(fixture.report().get("status").stringValue()).isEqualTo("fail");
        assertThat(fixture.database()
                        .rows("SELECT check_name, counted, failed, pass_rate, status, day_status"
                                + " FROM ops.quality_check_log WHERE day_status = 'fail' ORDER BY check_name"))
                .containsExactly(
                        "funnel_sequence|1|0|1.000000|pass|fail",
                        "order_amount|1|0|1.000000|pass|fail",
                        "platform_device|3|0|1.000000|pass|fail",
                        "required_fields|4|1|0.750000|fail|fail",
                        "timestamp_valid|3|0|1.000000|pass|fail",
                        "unique_event_id|3|0|1.000000|pass|fail",
                        "value_range|3|0|1.000000|pass|fail");
    }

    @Test
    void dayThatPassesAgainCountsAgain() {
        fixture.land("{");
        fixture.run();
        fixture.land(VIEW, CART, PURCHASE);
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.clean().read("").rows()).isEqualTo(3);
    }

    @Test
    void reportHasExactlyItsKeys() {
        fixture.land(VIEW, CART, PURCHASE);
        fixture.run();
        JsonNode report = fixture.report();
        assertThat(report.propertyNames())
                .containsExactly(
                        "ds", "files", "counted", "clean", "rejected", "checks", "status", "seconds", "version");
        assertThat(report.get("checks").get(0).propertyNames())
                .containsExactly("name", "type", "counted", "failed", "pass_rate", "threshold", "status", "examples");
        assertThat(report.get("files").get(0).get("sha256").stringValue()).hasSize(64);
        assertThat(report.get("checks").toString())
                .startsWith("[{\"name\":\"required_fields\",\"type\":\"null_check\",\"counted\":3,\"failed\":0,"
                        + "\"pass_rate\":1.000000,\"threshold\":0.99,\"status\":\"pass\",\"examples\":[]}");
    }

    @Test
    void emptyDayIsNoPassUnlessAllowed() {
        fixture.land(Map.of(), "default");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.message()).contains("no events (of 0 lines none is clean)");
        assertThat(fixture.run(new TransformOptions("", true)).code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.clean().read("").rows()).isZero();
        assertThat(fixture.database().rows("SELECT file, landing_file, lines, sha256 FROM ops.checked_file"))
                .containsExactly("(no file)|(no file)|0|");
    }

    @Test
    void nothingButRejectsIsAnEmptyDay() {
        fixture.land("{", "[");
        assertThat(fixture.run().message()).contains("no events (of 2 lines none is clean); required_fields: 0 % of 2");
    }

    @Test
    void missingLandingFailsWithTheCommandToRun() {
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message())
                .isEqualTo(
                        "no landing for events 2026-01-15 in " + root.resolve("landing/events/2026-01-15")
                                + "; run extract-job first: java -jar extract-job/target/extract-job.jar events --ds 2026-01-15");
    }

    @Test
    void landingThatIsNotWhatItsManifestSaysPublishesNothing() throws IOException {
        fixture.land(VIEW);
        Path part = root.resolve("landing/events/2026-01-15/20260116T000000000Z-00000000/part-00000.jsonl");
        Files.writeString(part, Files.readString(part).replace("U1", "U2"));
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message()).contains(part + ": sha256 ").contains("as the landing's manifest says");
        assertThat(fixture.clean().manifestFile()).doesNotExist();
        assertThat(fixture.rejects().manifestFile()).doesNotExist();
    }

    @Test
    void truncatedGzipFailsWithTheFile() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write((VIEW + "\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() - 20);
        fixture.land(Map.of("part-00000.jsonl.gz", cut), "default");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message()).contains("part-00000.jsonl.gz: truncated or damaged gzip");
        fixture.land(Map.of("part-00000.jsonl.gz", packed.toByteArray()), "default");
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void unknownProfileIsRefusedByName() {
        fixture.land(Map.of(), "no-such-shop");
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.message())
                .endsWith(
                        "no-such-shop (expected: one of default, rees46, online-retail, retailrocket, ga4, or a YAML file)");
    }

    @Test
    void contractOfTheCommandWinsOverTheLandings() {
        fixture.land(VIEW.replace("2026-01-15T", "2020-01-15T"));
        JobFixture.Ended ended = fixture.run(new TransformOptions("retailrocket", false));
        assertThat(ended.summary().get("contract").stringValue()).isEqualTo("retailrocket");
        assertThat(JobFixture.content(fixture.rejects())).contains("(expected: a year in 2015..2015)");
    }

    @Test
    void crashMidwayThenAgainGivesEqualFiles() throws IOException {
        fixture.land(VIEW, CART, PURCHASE);
        Path blocked = root.resolve("reports");
        Files.writeString(blocked, "a file where a folder should be");
        JobFixture.Ended crashed = fixture.run();
        assertThat(crashed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(crashed.message()).contains("cannot write " + blocked);
        assertThat(fixture.clean().manifestFile()).doesNotExist();
        Files.delete(blocked);
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        String clean = JobFixture.content(fixture.clean());
        fixture.run();
        assertThat(JobFixture.content(fixture.clean())).isEqualTo(clean);
    }

    @Test
    void whatAKilledRunWorkedWithIsRemoved() throws IOException {
        fixture.land(VIEW, CART, PURCHASE);
        Path left = Files.createDirectories(fixture.clean().workFolder("20260116T000000001Z-00000001"));
        Files.writeString(left.resolve("ids-0"), "left");
        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(left).doesNotExist();
        assertThat(fixture.clean().workFolder(fixture.clean().read("").runId())).doesNotExist();
    }

    @Test
    void flaggedLinesSayWhyTheyAreDoubtful() {
        fixture.land(VIEW, CART.replace("\"S1\"", "\"S2\""));
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.message()).contains("funnel_sequence: 50 % of 2 passed, 1 failed (expected: 99 %): fail");
        assertThat(JobFixture.content(fixture.rejects()))
                .startsWith("{\"file\":\"20260116T000000000Z-00000000/part-00000.jsonl\",\"line\":2,\"checks\":"
                        + "[{\"check\":\"funnel_sequence\",\"reason\":\"session_id: add_to_cart with no page_view or"
                        + " click before it (expected: page_view or click first)\"}],\"raw\":\"{")
                .hasLineCount(1);
    }
}
