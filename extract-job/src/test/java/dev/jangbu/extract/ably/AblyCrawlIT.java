package dev.jangbu.extract.ably;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.Budget;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.sandbox.SandboxShop;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sandbox's pages in Chromium; skipped where there is none. */
@ExtendWith(PostgresExtension.class)
class AblyCrawlIT {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String ORDERS = "/sales/order";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void requireBrowser() {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/chromium")) && Files.exists(Path.of("/usr/bin/chromedriver")),
                "no /usr/bin/chromium with /usr/bin/chromedriver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3"})
    void eachLayoutIsReadAsTheTruthIs(String form, TestDatabase database) {
        TestTime time = TestSandbox.reset("default");
        TestSandbox.fault("ably", ORDERS, "layout:" + form, 1, 0);
        ShopRuns runs = runs(database, time, password(), "2026-03-01T00:00:00+09:00");

        ExitCode exitCode = runs.run(source(time), "orders", DAY);

        assertThat(exitCode).as(runs.lastLine()).isEqualTo(ExitCode.DONE);
        assertLanded(runs, "2026-02-15", "2026-03-02");
        assertThat(String.join("\n", runs.records("orders", DAY))).doesNotContain("010-0000", "0100000");
    }

    /** Some 1,600 lines a day. */
    @Test
    void allPagesAreRead(TestDatabase database) {
        TestTime time = TestSandbox.reset("paging", "2026-03-02T23:59:00+09:00");
        ShopRuns runs = runs(database, time, password(), null);

        assertThat(runs.run(
                        source(time),
                        "orders",
                        DAY,
                        new WindowOptions("ably-hlogdemo", false, LocalDate.of(2026, 3, 1)),
                        time))
                .isEqualTo(ExitCode.DONE);

        assertLanded(runs, "2026-03-01", "2026-03-02");
        assertThat(runs.landing("orders", DAY).read("no remedy").counts().get("calls"))
                .isGreaterThanOrEqualTo(23);
    }

    @ParameterizedTest
    @CsvSource({
        "layout:broken, LAYOUT_CHANGED: orders: headings: ",
        "count_lies, COUNT_MISMATCH: orders: lines: ",
        "stale_table, SCHEMA: orders: the next page shows the rows of the one before"
    })
    void aPageThatIsNotRightLandsNothing(String fault, String message, TestDatabase database) {
        TestTime time = TestSandbox.reset("default");
        TestSandbox.fault("ably", ORDERS, fault, 1, 0);
        ShopRuns runs = runs(database, time, password(), "2026-02-20T00:00:00+09:00");

        assertExit(runs, time, ExitCode.FAILED);

        assertThat(runs.lastLine()).contains(message);
        assertThat(runs.landing("orders", DAY).manifest()).isEmpty();
    }

    @Test
    void aSessionIsUsedAgainAndRenewedWhenItEnds(TestDatabase database) {
        TestTime time = TestSandbox.reset("default");
        ShopRuns runs = runs(database, time, password(), "2026-03-01T00:00:00+09:00");
        runs.run(source(time), "orders", DAY);
        runs.run(source(time), "orders", DAY);
        assertThat(logIns()).isEqualTo(1);
        TestSandbox.fault("ably", ORDERS, "late_login_redirect", 1, 0);

        assertExit(runs, time, ExitCode.DONE);

        assertThat(logIns()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsTriedOnce(TestDatabase database) {
        TestTime time = TestSandbox.reset("default");
        ShopRuns runs = runs(database, time, "wrong", "2026-03-01T00:00:00+09:00");

        assertExit(runs, time, ExitCode.FAILED);
        assertThat(runs.lastLine()).contains("\"needs_attention\":\"WRONG_SECRET\"");
        assertExit(runs, time, ExitCode.FAILED);

        assertThat(logIns()).isEqualTo(1);
    }

    @Test
    void aCaptchaIsForAPerson(TestDatabase database) throws Exception {
        TestTime time = TestSandbox.reset("default");
        TestSandbox.fault("ably", "/login", "captcha", 1, 0);
        ShopRuns runs = runs(database, time, password(), "2026-03-01T00:00:00+09:00");

        assertExit(runs, time, ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("\"needs_attention\":\"HUMAN_NEEDED\"");
        assertThat(logIns()).isZero();

        database.execute("UPDATE ops.account SET updated_at = clock_timestamp() - INTERVAL '25 hours'");
        assertThat(source(time).test(access(database, time))).isEqualTo("the page of orders");
        assertThat(logIns()).isEqualTo(1);
    }

    private ShopAccess access(TestDatabase database, TestTime time) throws SQLException {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Accounts opened = accounts.open(time);
        Database connections = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(folder)),
                BusinessCalendar.seoul(),
                "jangbu:test");
        return ShopAccess.of(opened.named("ably-hlogdemo"), opened, connections, new Workspace(folder));
    }

    private static void assertExit(ShopRuns runs, TestTime time, ExitCode expected) {
        ExitCode exitCode = runs.run(source(time), "orders", DAY);
        assertThat(exitCode).as(runs.lastLine()).isEqualTo(expected);
    }

    private static void assertLanded(ShopRuns runs, String from, String to) {
        List<JsonNode> landed = runs.records("orders", DAY).stream()
                .map(Json.mapper()::readTree)
                .toList();
        List<JsonNode> truth = SandboxShop.truth("basis=paid&channel=ably&from=" + from + "&to=" + to).stream()
                .filter(row -> row.get("is_ever_paid").asBoolean())
                .toList();
        assertThat(landed)
                .extracting(row -> row.get("상품주문번호").asString())
                .containsExactlyInAnyOrderElementsOf(
                        truth.stream().map(row -> row.get("item_id").asString()).toList());
        assertThat(landed.stream()
                        .mapToLong(
                                row -> Long.parseLong(row.get("결제금액").asString().replaceAll("[^0-9]", "")))
                        .sum())
                .isEqualTo(truth.stream()
                        .mapToLong(row -> row.get("line_gross").asLong())
                        .sum());
    }

    private static long logIns() {
        return SandboxShop.journal().stream()
                .filter(call -> call.get("method").asString().equals("POST")
                        && call.get("path").asString().endsWith("/login"))
                .count();
    }

    private static String password() {
        return SandboxShop.account("ably").get("password").asString();
    }

    private static AblyCrawlSource source(TestTime time) {
        // No order comes in while pages are read: what is landed is compared with the truth.
        return new AblyCrawlSource(TestSandbox.ENVIRONMENT, clock -> new Pace(time, wait -> {}, Budget.ofRun(time)));
    }

    private ShopRuns runs(TestDatabase database, TestTime time, String password, @Nullable String watermark) {
        JsonNode seller = SandboxShop.account("ably");
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account(
                        "ably-hlogdemo",
                        "hlog",
                        Channel.ABLY,
                        "hlogdemo",
                        seller.get("base_url").asString(),
                        null),
                Map.of("email", seller.get("email").asString(), "password", password),
                null);
        if (watermark != null) {
            database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id)"
                    + " VALUES ('orders', 'ably-hlogdemo', '" + watermark + "', 'r')");
        }
        return ShopRuns.of(database, folder, accounts, "ably-hlogdemo", time);
    }
}
