package dev.jangbu.mart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MartCommandTest {
    @TempDir
    private Path workspace = Path.of("");

    /** What a call of the command gave. */
    record Answer(int code, String out, String err) {}

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Answer answer = run();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).startsWith("command: none (expected: one of build, ");
    }

    @Test
    void theListNamesEachMartWithGrainAndKey() {
        Answer answer = run("list");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains(
                        "mart_orders  (one row per business date and order; key order_date, order_id)\n    One row per");
        assertThat(answer.out().lines()).hasSize(30);
    }

    @Test
    void theListForAnOrchestratorIsOneLineOfJson() {
        JsonNode list = Json.mapper().readTree(run("list", "--json").out());

        assertThat(list.valueStream().map(mart -> mart.get("name").stringValue()))
                .containsExactly(
                        "mart_channel_traffic",
                        "mart_coupon_effect",
                        "mart_customer_daily",
                        "mart_funnel_daily",
                        "mart_order_status",
                        "mart_orders",
                        "mart_product_daily",
                        "mart_product_sales_daily",
                        "mart_sales_daily",
                        "mart_store_daily_spend",
                        "mart_store_hourly_spend",
                        "mart_user_daily",
                        "mart_store_hour_profile",
                        "mart_store_weekly_spend",
                        "mart_card_anomaly");
        assertThat(list.get(5).propertyNames())
                .containsExactly("name", "dataset", "target", "grain", "key", "depends_on", "description");
        assertThat(list.get(5).get("key").toString()).isEqualTo("[\"order_date\",\"order_id\"]");
    }

    @Test
    void theDictionaryInTheDocumentsIsTheOneGenerated() throws Exception {
        Path file = workspace.resolve("data-dictionary.md");

        assertThat(run("dictionary", "--out", file.toString()).code()).isZero();

        assertThat(Files.readString(Path.of("..", "docs", "data-dictionary.md")))
                .as("docs/data-dictionary.md; write it again: mart-job.jar dictionary --out docs/data-dictionary.md")
                .isEqualTo(Files.readString(file));
    }

    @Test
    void aDryRunSaysWhatItWouldDo() {
        Answer answer = run(
                "build",
                "--mart",
                "all",
                "--from",
                "2026-01-15",
                "--to",
                "2026-01-16",
                "--dry-run",
                "--workspace",
                workspace.toString());

        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines())
                .hasSize(8)
                .contains("would replace 2026-01-15 of mart.mart_orders by a query over raw.raw_events, with 4 checks");
        assertThat(workspace).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mart all --dataset orders --ds 2026-01-15 | 5 | would replace 2026-01-15 of mart.mart_sales_daily ",
                "--dataset orders --touched | 6 | would replace each touched day of mart.mart_sales_daily ",
                "--mart mart_sales_daily --touched | 1 | would replace each touched day of mart.mart_sales_daily ",
                "--mart mart_orders --ds 2026-01-15 | 1 | would replace 2026-01-15 of mart.mart_orders "
            })
    void aDatasetHasItsOwnMarts(String arguments, int marts, String line) {
        Answer answer = run(("build " + arguments + " --dry-run").split(" "));

        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines()).hasSize(marts).anyMatch(each -> each.startsWith(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ds 2026-01-15 | --mart: none (expected: a name, see `list`, or all; or --touched)",
                "--mart all --dataset refunds --ds 2026-01-15 | --dataset: refunds (expected: card-sales, events, orders, web-traffic)",
                "--mart mart_orders --dataset orders --touched | --dataset: orders (expected: events, which mart_orders is built from)",
                "--touched --from 2026-01-15 --to 2026-01-16 | --touched: with --from and --to (expected: alone, or with --ds of the run)"
            })
    void aBuildThatSaysTooLittleOrTooMuchIsAUsageError(String arguments, String message) {
        Answer answer = run(("build " + arguments).split(" "));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo(message + "\n");
    }

    @Test
    void anUnknownMartIsAUsageError() {
        Answer answer = run("build", "--mart", "mart_x", "--ds", "2026-01-15");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .isEqualTo("--mart: mart_x (expected: mart_channel_traffic, mart_coupon_effect, mart_customer_daily,"
                        + " mart_funnel_daily, mart_order_status, mart_orders, mart_product_daily,"
                        + " mart_product_sales_daily, mart_sales_daily, mart_store_daily_spend,"
                        + " mart_store_hourly_spend, mart_user_daily, mart_store_hour_profile,"
                        + " mart_store_weekly_spend, mart_card_anomaly, or all)\n");
    }

    @Test
    void aWrongNumberOfMartsAtOnceIsAUsageError() {
        Answer answer = run("build", "--mart", "all", "--ds", "2026-01-15", "--parallel", "0");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo("--parallel: 0 (expected: 1..16)\n");
    }

    @Test
    void theCommandsBelowJobsHaveHelpOfTheirOwn() {
        Answer help = run("jobs", "list", "--help");
        Answer none = run("jobs");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: mart-job jobs list ").contains("--state=STATE");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("command: none (expected: jobs list, or jobs show --ds 2026-01-15)\n");
    }

    @Test
    void aWrongDayIsAUsageError() {
        Answer answer = run("build", "--mart", "mart_orders", "--ds", "2026-02-30");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo("--ds: 2026-02-30 (expected: a date such as 2026-01-15)\n");
    }

    @Test
    void aBuildWithoutADatabaseIsAUsageErrorInTheSummary() {
        Answer answer =
                run("build", "--mart", "mart_orders", "--ds", "2026-01-15", "--workspace", workspace.toString());

        assertThat(answer.code()).isEqualTo(2);
        String last = answer.out().lines().reduce((before, line) -> line).orElseThrow();
        assertThat(Json.mapper().readTree(last).get("slice").stringValue()).isEqualTo("mart_orders");
    }

    private static Answer run(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = CommandRunner.run(new MartCommand(), arguments);
            return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}
