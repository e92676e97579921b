package dev.jangbu.extract.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.sandbox.SandboxShop;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Against the sandbox's property. */
@ExtendWith(PostgresExtension.class)
class Ga4SourceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String NOW = "2026-03-02T09:00:00+09:00";
    private static final String ACCOUNT = "ga4-hlogdemo";
    private static final String REPORT = ":runReport";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theLastThreeDaysAreReadAgainAndSumToTheTruth(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T09:00:00+09:00", keyFile());

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.DONE);

        List<JsonNode> rows = rows(runs);
        List<JsonNode> items = rows(runs, "item");
        List<JsonNode> transactions = rows(runs, "transaction");
        assertThat(rows)
                .extracting(row -> row.get("date").asString())
                .containsOnly("20260226", "20260227", "20260228", "20260301", "20260302");
        assertThat(rows).allSatisfy(row -> assertThat(row.get("approximate").asBoolean())
                .isFalse());
        List<JsonNode> truth = SandboxShop.traffic("2026-02-26", "2026-03-02");
        assertThat(sum(rows, "sessions")).isEqualTo(sum(truth, "sessions"));
        assertThat(sum(rows, "ecommercePurchases")).isEqualTo(sum(truth, "purchases"));
        assertThat(sum(rows, "purchaseRevenue")).isEqualTo(sum(truth, "revenue"));
        assertThat(runs.landing("web-traffic", DAY).read("no remedy").counts())
                .isEqualTo(Map.of(
                        "days", 5L,
                        "count_expected", (long) rows.size() + items.size() + transactions.size(),
                        "calls", 16L));
        assertThat(sum(transactions, "purchaseRevenue")).isEqualTo(sum(truth, "revenue"));
        assertThat(transactions).hasSize((int) sum(truth, "purchases"));
        assertThat(transactions)
                .extracting(row -> row.get("transactionId").asString())
                .doesNotHaveDuplicates();
        assertThat(sum(items, "itemsPurchased")).isGreaterThanOrEqualTo(transactions.size());
        assertThat(items)
                .allMatch(row -> row.get("itemsViewed").asLong()
                        >= row.get("itemsAddedToCart").asLong());
    }

    /** 250,001 sources on the first of the month, more than Google keeps apart. */
    @Test
    void aDayOfManyRowsIsReadToItsEndAndMarked(TestDatabase database) {
        TestTime time = TestSandbox.reset("paging", NOW);
        ShopRuns runs = runs(database, time, null, keyFile());

        assertThat(runs.run(
                        source(time),
                        "web-traffic",
                        DAY,
                        new WindowOptions(ACCOUNT, false, LocalDate.of(2026, 3, 1)),
                        time))
                .isEqualTo(ExitCode.DONE);

        List<JsonNode> first = rows(runs).stream()
                .filter(row -> row.get("date").asString().equals("20260301"))
                .toList();
        assertThat(first).hasSize(250_001);
        assertThat(first.stream().map(row -> row.get("sessionSource").asString() + row.get("sessionMedium")))
                .doesNotHaveDuplicates();
        assertThat(sum(first, "sessions")).isEqualTo(sum(SandboxShop.traffic("2026-03-01", "2026-03-01"), "sessions"));
        assertThat(first).allMatch(row -> row.get("approximate").asBoolean());
        assertThat(rows(runs))
                .filteredOn(row -> row.get("date").asString().equals("20260302"))
                .isNotEmpty()
                .noneMatch(row -> row.get("approximate").asBoolean());
        assertThat(runs.landing("web-traffic", DAY).read("no remedy").counts()).containsEntry("calls", 12L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html_200", "truncated_json", "missing_field:rowCount", "missing_field:metricValues"})
    void anAnswerThatIsNotAsPromisedLandsNothing(String fault, TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, keyFile());
        TestSandbox.fault("ga4", REPORT, fault, 1, 1);

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("SCHEMA: POST properties/");
        assertThat(runs.landing("web-traffic", DAY).manifest()).isEmpty();
    }

    @Test
    void aPageWithoutItsRowsIsNoReport(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, keyFile());
        TestSandbox.fault("ga4", REPORT, "missing_field:rows", 1, 0);

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("COUNT_MISMATCH: ", "rows of traffic of 2025-12-02: 0 (expected: ");
    }

    @Test
    void aQuotaIsNotWaitedFor(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, keyFile());
        TestSandbox.fault("ga4", REPORT, "status:429", 1, 0);

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(runs.lastLine()).contains("QUOTA: ", "error=RESOURCE_EXHAUSTED");
        assertThat(SandboxShop.journal()).hasSize(2);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void aPropertyThatDoesNotAllowTheReaderIsForTheOwner(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, keyFile(), "1");

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("\"needs_attention\":\"PERMISSION_DENIED\"", "error=PERMISSION_DENIED");
    }

    @Test
    void aKeyThatGoogleDoesNotKnowIsForTheOwner(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, keyFile().replace("\"client_email\":\"", "\"client_email\":\"x"));

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("\"needs_attention\":\"WRONG_SECRET\"", "error=invalid_grant");
        assertThat(SandboxShop.journal()).hasSize(1);
    }

    @Test
    void aFileThatIsNoKeyIsNotQuoted(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, "{\"client_email\":\"a@b\",\"private_key\":\"planted-secret\"}");

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine())
                .contains("service_account: no key (expected: the JSON file that Google made")
                .doesNotContain("planted-secret");
    }

    @Test
    void assertionsAreSentToGoogleOnly(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        String elsewhere =
                keyFile().replaceAll("\"token_uri\":\"[^\"]*\"", "\"token_uri\":\"https://tokens.example.invalid/\"");
        ShopRuns runs = runs(database, time, null, elsewhere);

        assertThat(runs.run(source(time), "web-traffic", DAY)).isEqualTo(ExitCode.USAGE);

        assertThat(runs.lastLine())
                .contains("token_uri: tokens.example.invalid (expected: oauth2.googleapis.com, in the service account's"
                        + " file)");
        assertThat(SandboxShop.journal()).isEmpty();
    }

    private static String keyFile() {
        return SandboxShop.account("ga4").get("key_file").toString();
    }

    private static Ga4Source source(TestTime time) {
        return new Ga4Source(TestSandbox.ENVIRONMENT, clock -> time.pace());
    }

    private ShopRuns runs(TestDatabase database, TestTime time, @Nullable String watermark, String keyFile) {
        return runs(
                database,
                time,
                watermark,
                keyFile,
                SandboxShop.account("ga4").get("property_id").asString());
    }

    private ShopRuns runs(
            TestDatabase database, TestTime time, @Nullable String watermark, String keyFile, String property) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account(
                        ACCOUNT,
                        "hlog",
                        Channel.GA4,
                        property,
                        SandboxShop.account("ga4").get("base_url").asString(),
                        null),
                Map.of("service_account", keyFile),
                null);
        if (watermark != null) {
            database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id) VALUES ('web-traffic', '"
                    + ACCOUNT + "', '" + watermark + "', 'r')");
        }
        return ShopRuns.of(database, folder, accounts, ACCOUNT, time);
    }

    private static List<JsonNode> rows(ShopRuns runs) {
        return all(runs).filter(row -> row.has("sessions")).toList();
    }

    private static List<JsonNode> rows(ShopRuns runs, String record) {
        return all(runs)
                .filter(row -> row.has(record))
                .map(row -> row.get(record))
                .toList();
    }

    private static Stream<JsonNode> all(ShopRuns runs) {
        return runs.records("web-traffic", DAY).stream().map(Json.mapper()::readTree);
    }

    private static long sum(List<JsonNode> rows, String name) {
        return rows.stream().mapToLong(row -> row.get(name).asLong()).sum();
    }
}
