package dev.jangbu.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class SalesDashboardTest {
    /** A Wednesday, the morning after the last day. */
    private static final Clock MORNING = Clock.fixed(Instant.parse("2026-03-04T23:00:00Z"), ZoneOffset.UTC);

    private static final LocalDate DAY = LocalDate.parse("2026-03-04");

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theFiguresOfAPeriodAreThoseOfItsDaysAndOfThoseBefore(TestDatabase database) {
        SalesRowsOfMarts.write(database);

        List<ShopSales> shops = Jdbi.create(database.url(), database.user(), "")
                .withHandle(handle -> new SalesReader(handle, "hlog").read(DAY));

        assertThat(shops).extracting(ShopSales::tenant, ShopSales::currency).containsExactly(tuple("hlog", "KRW"));
        ShopSales shop = shops.get(0);
        List<Period> periods = Period.of(DAY, DAY.plusDays(1));
        assertThat(periods)
                .extracting(
                        period -> period.name().korean(),
                        Period::from,
                        Period::to,
                        Period::beforeFrom,
                        Period::beforeTo)
                .containsExactly(
                        tuple("어제", day("2026-03-04"), day("2026-03-04"), day("2026-03-03"), day("2026-03-03")),
                        tuple("지난주", day("2026-02-23"), day("2026-03-01"), day("2026-02-16"), day("2026-02-22")),
                        tuple("3월", day("2026-03-01"), day("2026-03-04"), day("2026-02-01"), day("2026-02-04")),
                        tuple("2026년", day("2026-01-01"), day("2026-03-04"), day("2025-01-01"), day("2025-03-04")));
        assertThat(periods)
                .extracting(
                        period -> shop.of(period).gross().intValueExact(),
                        period -> shop.before(period).gross().intValueExact())
                .containsExactly(tuple(3000, 1000), tuple(500, 0), tuple(4000, 250), tuple(4750, 8000));
        assertThat(shop.of(periods.get(2)).net()).isEqualByComparingTo("3300");
        assertThat(ShopSales.change(
                        shop.of(periods.get(3)).gross(),
                        shop.before(periods.get(3)).gross()))
                .hasValueSatisfying(rate -> assertThat(rate).isEqualByComparingTo("-40.6"));
        assertThat(shop.products())
                .extracting(ProductSales::name, ProductSales::units, ProductSales::returns)
                .containsExactly(tuple("린넨 셔츠", 4L, 1L), tuple("<b>양말</b>", 1L, 0L));
        assertThat(shop.statuses())
                .extracting(StatusCount::status, StatusCount::orders, StatusCount::openClaims)
                .containsExactly(tuple("PAID", 3L, 0L), tuple("DELIVERED", 2L, 1L));
    }

    @Test
    void thePageShowsEachShopAndRunsNothing(TestDatabase database) throws IOException {
        SalesRowsOfMarts.write(database);

        assertThat(run(database, "--to", "2026-03-04")).isZero();

        JsonNode summary = summary();
        assertThat(summary.get("ds").stringValue()).isEqualTo("2026-03-04");
        assertThat(summary.get("shops").intValue()).isEqualTo(2);
        String page = Files.readString(folder.resolve("reports/sales-dashboard.html"));
        assertThat(page)
                .contains("hlog · 어제 매출은 3,000원, 주문 2건입니다. ")
                .contains("other · 어제 매출은 9.5 GBP, 주문 1건입니다. ")
                .contains("최신이 아닌 채널이 있습니다.", "확인 필요: REAUTH_REQUIRED")
                .contains("▲ 200.0%", "▼ 40.6%")
                .contains("&lt;b&gt;양말&lt;/b&gt;")
                .contains("자사몰", "스마트스토어", "배송 완료")
                .doesNotContain("<script", "http://", "https://", "<b>양말");
    }

    @Test
    void oneShopIsShownAloneUpToItsLastDayWithSales(TestDatabase database) throws IOException {
        SalesRowsOfMarts.write(database);
        Path file = folder.resolve("other.html");

        assertThat(run(database, "--tenant", "other", "--out", file.toString())).isZero();

        assertThat(summary().get("shops").intValue()).isEqualTo(1);
        assertThat(Files.readString(file)).contains("9.5 GBP").doesNotContain("hlog");
    }

    @Test
    void beforeAnythingIsSoldThePageSaysSo(TestDatabase database) throws IOException {
        assertThat(run(database)).isZero();

        assertThat(summary().get("shops").intValue()).isZero();
        assertThat(Files.readString(folder.resolve("reports/sales-dashboard.html")))
                .contains("2026-03-05까지 집계된 매출이 없습니다.");
    }

    @Test
    void aWrongDayIsAUsageError(TestDatabase database) {
        assertThatThrownBy(() -> command(database, "--to", "2026-13-01").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("--to: 2026-13-01 (expected: a date such as 2026-01-15)");
    }

    private int run(TestDatabase database, String... arguments) {
        ExitCode code = command(database, arguments).call();
        return code.code();
    }

    private SalesDashboardCommand command(TestDatabase database, String... arguments) {
        SalesDashboardCommand command = new SalesDashboardCommand(
                database.environment(), MORNING, new PrintStream(out, true, StandardCharsets.UTF_8));
        String[] all = new String[arguments.length + 2];
        all[0] = "--workspace";
        all[1] = folder.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        new CommandLine(command).parseArgs(all);
        return command;
    }

    private JsonNode summary() {
        return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }
}
