package dev.jangbu.transform.fast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.EventLines;
import dev.jangbu.testkit.HostileLines;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a whole day: duplicates, sessions, platforms, files. */
class DayEngineTest {
    private static final Contract CONTRACT = ContractReader.read("test", "default");

    @TempDir
    private Path folder;

    @Test
    void repeatedIdIsRejectedWhateverItsCaseAndPart() throws Exception {
        String event = event(10, "S1", "page_view");
        Days days = run(event, event.replace("-00000000000a", "-00000000000A"));
        assertThat(days.counts()).contains("unique_event_id 2 1");
        assertThat(days.rejected().get(1))
                .contains("\"line\":1")
                .contains("event_id: seen before in this day (expected: once; the first one stays)");
    }

    @Test
    void sessionIsJudgedByTimeAndThenByPositionAcrossParts() throws Exception {
        Days late = run(event(1, "S1", "add_to_cart", "10:00:00"), event(2, "S1", "page_view", "09:59:59"));
        assertThat(late.counts()).contains("funnel_sequence 1 0");
        Days tie = run(event(1, "S1", "add_to_cart", "10:00:00"), event(2, "S1", "page_view", "10:00:00"));
        assertThat(tie.counts()).contains("funnel_sequence 1 1");
        assertThat(tie.flagged().get(0))
                .contains(
                        "session_id: add_to_cart with no page_view or click before it (expected: page_view or click first)");
        assertThat(tie.flagged().get(1)).contains("\"line\":1");
    }

    @Test
    void cartIsNotUsedUpByAPurchase() throws Exception {
        Days days = run(
                event(1, "S1", "page_view", "10:00"),
                event(2, "S1", "add_to_cart", "10:01"),
                event(3, "S1", "purchase", "10:02"),
                event(4, "S1", "purchase", "10:03"));
        assertThat(days.counts()).contains("funnel_sequence 1 0");
        assertThat(days.flagged()).containsOnly("");
    }

    @Test
    void purchaseWithoutCartFlagsItsWholeSessionAndNoOther() throws Exception {
        Days days = run(event(1, "S1", "page_view"), event(2, "S1", "purchase"), event(3, "S2", "page_view"));
        assertThat(days.counts()).contains("funnel_sequence 2 1");
        assertThat(days.flagged().get(0)).contains("purchase with no add_to_cart before it");
        assertThat(days.flagged().get(1)).contains("purchase with no add_to_cart before it");
        assertThat(days.flagged().get(2)).isEmpty();
        assertThat(String.join("", days.clean()).lines()).hasSize(3);
    }

    @Test
    void recordOffItsSessionsFirstPlatformIsKeptAndFlagged() throws Exception {
        Days days = run(
                event(1, "S1", "page_view"),
                event(2, "S1", "page_view").replace("\"web\"", "\"ios\"").replace("desktop", "mobile"));
        assertThat(days.counts()).contains("platform_device 2 1");
        assertThat(days.flagged().get(1)).contains("platform: ios (expected: web, the first of its session)");
        assertThat(days.clean().get(1)).contains(",ios,mobile,");
    }

    @Test
    void rejectedRecordStillCountsElsewhere() throws Exception {
        Days days = run(event(1, "S1", "page_view"), event(1, "S1", "page_view").replace("home", "den"));
        assertThat(days.counts()).contains("unique_event_id 2 1", "value_range 2 1");
        assertThat(days.rejected().get(1)).contains("unique_event_id").contains("value_range");
        assertThat(days.rejectedBy().get(1)).containsOnlyKeys(Check.UNIQUE_EVENT_ID);
    }

    @Test
    void everyHostileLineEndsInTheRejectsAndEveryGoodOneIsClean() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int id = 0;
        for (HostileLines.Hostile hostile : HostileLines.ALL) {
            file.writeBytes((event(id++, "S1", "page_view") + "\n").getBytes(StandardCharsets.UTF_8));
            file.writeBytes(hostile.line());
            file.write('\n');
        }
        Days days = Days.fast(CONTRACT, List.of(file.toByteArray()), folder);
        assertThat(days.clean().get(0).lines()).hasSize(HostileLines.ALL.size());
        List<String> rejected = days.rejected().get(0).lines().toList();
        assertThat(rejected).hasSameSizeAs(HostileLines.ALL);
        for (int line = 0; line < rejected.size(); line++) {
            assertThat(rejected.get(line))
                    .contains("\"line\":" + (2 * line + 2) + ",")
                    .contains(HostileLines.ALL.get(line).reason().substring(0, 10));
        }
        assertThat(rejected.get(0)).contains("\"raw_base64\":\"eyJhIjoi/yJ9\",\"raw_bytes\":9");
        assertThat(rejected.get(rejected.size() - 1)).contains("\"raw_bytes\":1048584,\"raw_sha256\":\"");
    }

    @Test
    void lineEndsMarksAndBlankLinesAreNoRecords() throws Exception {
        String view = event(1, "S1", "page_view");
        String other = event(2, "S1", "page_view");
        Days days = run("\ufeff" + view + "\r\n\n \t\r\n" + other, "\n\n\n", "");
        assertThat(days.counts()).contains("required_fields 2 0");
        assertThat(days.clean().get(0).lines()).hasSize(2);
    }

    @Test
    void hugeLineIsCutCountedAndDigested() throws Exception {
        byte[] line = ("{\"a\":\"" + "x".repeat(5_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes((event(1, "S1", "page_view") + "\n").getBytes(StandardCharsets.UTF_8));
        file.writeBytes(line);
        file.writeBytes(("\n" + event(2, "S1", "page_view") + "\n").getBytes(StandardCharsets.UTF_8));
        file.writeBytes(line);
        Days days = Days.fast(CONTRACT, List.of(file.toByteArray()), folder);
        String sha256 = Days.write(folder, "line", line).sha256();
        assertThat(days.counts()).contains("required_fields 4 2");
        assertThat(days.clean().get(0).lines()).hasSize(2);
        assertThat(days.rejected().get(0).lines()).allSatisfy(rejected -> assertThat(rejected)
                .hasSizeLessThan(67_000)
                .contains("line: 5000008 bytes (expected: at most 1048576)")
                .endsWith("\"raw_bytes\":5000008,\"raw_sha256\":\"" + sha256 + "\"}"));
    }

    @Test
    void machinesTimeZoneDoesNotMatter() throws Exception {
        String first = event(1, "S1", "page_view", "00:00:00");
        String last = event(2, "S1", "page_view", "23:59:59.999");
        String next = event(3, "S1", "page_view", "00:00:00").replace("01-15T", "01-16T");
        Days here = run(first, last, next);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            assertThat(run(first, last, next)).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(here.clean().get(0)).contains(",2026-01-14T15:00:00.000000Z,");
        assertThat(here.clean().get(1)).contains(",2026-01-15T14:59:59.999000Z,");
        assertThat(here.rejected().get(2)).contains("outside business date");
    }

    @Test
    void sameDayTwiceGivesEqualBytes() throws Exception {
        List<byte[]> parts = List.of(new EventLines(9).file(4_000, 10));
        assertThat(Days.fast(CONTRACT, parts, folder)).isEqualTo(Days.fast(CONTRACT, parts, folder));
    }

    @Test
    void recordThatTheContractKeepsIsRejectedWhereNoColumnCanHoldIt() throws Exception {
        Path yaml = Files.writeString(
                folder.resolve("keep.yaml"),
                "profile: keep\nchecks: {required_fields: {fate: keep}, value_range: {fate: keep},"
                        + " timestamp_valid: {fate: keep}, unique_event_id: {fate: keep}}\n");
        Contract keep = ContractReader.read("test", yaml.toString());
        String good = event(1, "S1", "page_view");
        Days days = Days.fast(
                keep,
                parts(
                        good.replace("home", "den"),
                        event(2, "S1", "page_view").replace("\"home\"", "7"),
                        event(3, "S1", "page_view").replace(",\"page_type\":\"home\"", ""),
                        event(4, "S1", "page_view").replace("\"U1\"", "null"),
                        event(5, "S1", "page_view").replace("2026-", "2025-"),
                        good),
                folder);
        assertThat(days.rejected().stream().map(text -> text.isEmpty() ? "kept" : "rejected"))
                .containsExactly("kept", "rejected", "kept", "rejected", "rejected", "rejected");
        assertThat(days.flagged().get(0)).contains("page_type: den");
        assertThat(days.flagged().get(2)).contains("page_type: absent");
    }

    private Days run(String... parts) throws IOException, InterruptedException {
        return Days.fast(CONTRACT, parts(parts), folder);
    }

    private static List<byte[]> parts(String... parts) {
        List<byte[]> bytes = new ArrayList<>();
        for (String part : parts) {
            bytes.add(part.getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }

    private static String event(int id, String session, String type) {
        return event(id, session, type, "10:00:00");
    }

    private static String event(int id, String session, String type, String time) {
        String fields =
                switch (type) {
                    case "add_to_cart" -> "\"product_id\":\"P1\",\"quantity\":1,\"unit_price\":1000";
                    case "purchase" -> "\"order_id\":\"O1\",\"total_amount\":1000,\"payment_method\":\"toss_pay\"";
                    default -> "\"page_url\":\"/\",\"page_type\":\"home\"";
                };
        return String.format(
                "{\"event_id\":\"00000000-0000-4000-8000-%012x\",\"event_type\":\"%s\",\"user_id\":\"U1\","
                        + "\"session_id\":\"%s\",\"timestamp\":\"2026-01-15T%s\",\"platform\":\"web\","
                        + "\"device_type\":\"desktop\",%s}",
                id, type, session, time, fields);
    }
}
