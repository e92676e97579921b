package dev.jangbu.extract.ably;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.sandbox.SandboxShop;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class AblyExportSourceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String NOW = "2026-03-02T09:00:00+09:00";

    @TempDir
    private Path folder = Path.of("");

    /** The 1st has a name with quotes, an emoji and a line break. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "xlsx"})
    void aDownloadHoldsEveryPaidLineOfTheTruth(String format, TestDatabase database) throws IOException {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time);
        Path file = Files.write(
                folder.resolve("orders." + format),
                SandboxShop.ablyExport("from=2026-02-20&to=2026-03-02&format=" + format));

        assertThat(runs.run(new AblyExportSource(file, Map.of()), "orders", DAY))
                .isEqualTo(ExitCode.DONE);

        List<JsonNode> landed = runs.records("orders", DAY).stream()
                .map(Json.mapper()::readTree)
                .toList();
        List<JsonNode> truth = SandboxShop.truth("basis=paid&channel=ably&from=2026-02-20&to=2026-03-02").stream()
                .filter(row -> row.get("is_ever_paid").asBoolean())
                .toList();
        assertThat(landed)
                .extracting(row -> row.get("상품주문번호").asString())
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(
                        truth.stream().map(row -> row.get("item_id").asString()).toList());
        assertThat(landed.stream()
                        .mapToLong(
                                row -> Long.parseLong(row.get("결제금액").asString().replaceAll("[^0-9]", "")))
                        .sum())
                .isEqualTo(truth.stream()
                        .mapToLong(row -> row.get("line_gross").asLong())
                        .sum());
        assertThat(landed).allSatisfy(row -> assertThat(row.get("customer_key").asString())
                .matches("[0-9a-f]{64}"));
        assertThat(String.join("\n", runs.records("orders", DAY))).doesNotContain("010-0000", "0100000", "연락처", "주문자");
        assertThat(runs.landing("orders", DAY).read("no remedy").profile()).isEqualTo("ably");
    }

    @Test
    void columnsAreFoundByTheirHeadings(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database, TestTime.at("2026-03-02T00:00:00Z"));

        assertThat(runs.run(file("""
                        상태,연락처,상품 주문번호,주문번호,결제일시,옵션,상품명,결제금액
                        결제완료,010-****-0001,11-1,11,2026-03-01 10:22,색상=네이비,린넨 셔츠,"12,000원"
                        """), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(runs.records("orders", DAY))
                .containsExactly("{\"결제일\":\"2026-03-01 10:22\",\"상품주문번호\":\"11-1\",\"주문번호\":\"11\","
                        + "\"상품명\":\"린넨 셔츠\",\"옵션\":\"색상=네이비\",\"수량\":null,\"결제금액\":\"12,000원\","
                        + "\"주문상태\":\"결제완료\",\"customer_key\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "결제일,주문번호,상품명,옵션,결제금액,주문상태|LAYOUT_CHANGED: |(expected: also 상품주문번호, or their other names in"
                        + " JANGBU_ABLY_LAYOUT)",
                "결제일,상품주문번호,주문번호,상품명,옵션,결제금액,주문상태\\na,1,1,b,c,1,d\\na,1,1,b,c,1,d|SCHEMA: 상품주문번호: twice|orders.csv:3",
                "결제일,상품주문번호,주문번호,상품명,옵션,결제금액,주문상태\\na,,1,b,c,1,d|SCHEMA: 상품주문번호: missing|orders.csv:2",
                "결제일,상품주문번호,주문번호,상품명,옵션,결제금액,주문상태\\na,1,1,b,c,1,\"d|SCHEMA: |can be read to its end"
            })
    void anotherFileLandsNothing(String csv, String kind, String expected, TestDatabase database) throws IOException {
        ShopRuns runs = runs(database, TestTime.at("2026-03-02T00:00:00Z"));

        assertThat(runs.run(file(csv.replace("\\n", "\n")), "orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains(kind, expected);
        assertThat(runs.landing("orders", DAY).manifest()).isEmpty();
    }

    @Test
    void aWorkbookThatIsNoneLandsNothing(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database, TestTime.at("2026-03-02T00:00:00Z"));
        Path file = Files.writeString(folder.resolve("orders.xlsx"), "no zip");

        assertThat(runs.run(new AblyExportSource(file, Map.of()), "orders", DAY))
                .isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("orders.xlsx");
        assertThat(runs.landing("orders", DAY).manifest()).isEmpty();
    }

    @Test
    void filesAreCheckedBeforeTheRun() throws IOException {
        Path layout = Files.writeString(folder.resolve("layout.yaml"), "columns: {결제일: [a]}\npages: {}\n");

        assertThatThrownBy(() -> new AblyExportSource(folder.resolve("none.csv"), Map.of()))
                .hasMessageEndingWith("none.csv (expected: the XLSX or CSV that Ably's 전체 주문 downloads)");
        assertThatThrownBy(() -> Layout.from(Map.of(Layout.SETTING, layout.toString())))
                .hasMessage("JANGBU_ABLY_LAYOUT: " + layout + " (expected: YAML with columns and pages)");
    }

    private AblyExportSource file(String csv) throws IOException {
        return new AblyExportSource(Files.writeString(folder.resolve("orders.csv"), csv), Map.of());
    }

    private ShopRuns runs(TestDatabase database, TestTime time) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account("ably-hlogdemo", "hlog", Channel.ABLY, "hlogdemo", null, null),
                Map.of("email", "seller@example.invalid", "password", "secret"),
                null);
        return ShopRuns.of(database, folder, accounts, "ably-hlogdemo", time);
    }
}
