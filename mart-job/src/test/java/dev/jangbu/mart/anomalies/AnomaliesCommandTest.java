package dev.jangbu.mart.anomalies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class AnomaliesCommandTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-12");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void storesComeByTheirLargestSaleWithoutWhatWasDismissed(TestDatabase database) throws IOException {
        database.execute("""
                INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id, status)
                VALUES ('mysql-one', 'lender', 'MYSQL', 'one', 'ACTIVE')""");
        found(database, "2026-01-12", 1, 50, "over_twice_week", 90_000, "41500.5");
        found(database, "2026-01-12", 1, 50, "outside_hours", 90_000, "11");
        found(database, "2026-01-12", 2, 50, "card_burst", 700, "2");
        found(database, "2026-01-12", 3, 50, "card_burst", 800, "2");
        found(database, "2026-01-12", 4, 50, "card_burst", 600, "2");
        found(database, "2026-01-12", 5, 8, "store_hour_outlier", 120_000, "20000");
        found(database, "2026-01-12", 6, 9, "over_twice_week", 990_000, "5000");
        found(database, "2026-01-11", 7, 9, "over_twice_week", 990_000, "5000");
        reviewed(database, 6, "DISMISSED");
        reviewed(database, 5, "DISMISSED");
        reviewed(database, 5, "CONFIRMED");

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Workspace workspace = new Workspace(folder);
        ExitCode code = new JobRunner(
                        database.environment(),
                        Clock.systemUTC(),
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        false)
                .run(
                        new RunRequest("mart-job", "card-sales", "anomalies", DAY, "1", workspace),
                        AnomaliesConfiguration.class);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"stores\":2", "\"sales\":5");
        assertThat(Files.readString(workspace.anomalyReport(DAY))).isEqualToIgnoringWhitespace("""
                {"business_date": "2026-01-12", "stores": [
                    {"account_id": "mysql-one", "store_id": 8, "sales": 1, "by_rule": {"store_hour_outlier": 1},
                     "largest": [
                        {"sale_id": 5, "sold_at": "2026-01-12T03:00:00Z", "amount_sale": 120000.00,
                         "breaks": [{"rule": "store_hour_outlier", "score": 3.0000, "score_unit": "z",
                          "expected": 20000.0000, "expected_unit": "won"}]}]},
                    {"account_id": "mysql-one", "store_id": 50, "sales": 4,
                     "by_rule": {"card_burst": 3, "outside_hours": 1, "over_twice_week": 1},
                     "largest": [
                        {"sale_id": 1, "sold_at": "2026-01-12T03:00:00Z", "amount_sale": 90000.00,
                         "breaks": [{"rule": "outside_hours", "score": 3.0000, "score_unit": "hours",
                          "expected": 11.0000, "expected_unit": "hour_of_day"},
                         {"rule": "over_twice_week", "score": 3.0000, "score_unit": "times",
                          "expected": 41500.5000, "expected_unit": "won"}]},
                        {"sale_id": 3, "sold_at": "2026-01-12T03:00:00Z", "amount_sale": 800.00,
                         "breaks": [{"rule": "card_burst", "score": 3.0000, "score_unit": "approvals",
                          "expected": 2.0000, "expected_unit": "approvals"}]},
                        {"sale_id": 2, "sold_at": "2026-01-12T03:00:00Z", "amount_sale": 700.00,
                         "breaks": [{"rule": "card_burst", "score": 3.0000, "score_unit": "approvals",
                          "expected": 2.0000, "expected_unit": "approvals"}]}]}]}""");
        assertThat(read(database).lines())
                .containsExactly(
                        "2026-01-12: 5 sales of 2 stores do not fit",
                        "  mysql-one store 8: 1, largest 120,000 won (store_hour_outlier 1)",
                        "  mysql-one store 50: 4, largest 90,000 won (card_burst 3, outside_hours 1, over_twice_week 1)");
    }

    @Test
    void aScreenIsNotFilledByManyStores(TestDatabase database) {
        database.execute("""
                INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id, status)
                VALUES ('mysql-one', 'lender', 'MYSQL', 'one', 'ACTIVE')""");
        IntStream.rangeClosed(1, 25)
                .forEach(store -> found(database, "2026-01-12", store, store, "card_burst", 100, "2"));

        List<String> lines = read(database).lines();

        assertThat(lines).hasSize(22).endsWith("  and 5 stores more");
    }

    private static AnomalyReport read(TestDatabase database) {
        return Jdbi.create(database.url(), database.user(), "")
                .withHandle(handle -> new AnomalyReader(handle).read(DAY));
    }

    private static void found(
            TestDatabase database, String day, long sale, long store, String rule, long amount, String expected) {
        database.execute("INSERT INTO mart.mart_card_anomaly VALUES ('" + day + "', 'lender', 'mysql-one', " + sale
                + ", '" + rule + "', " + store + ", '" + day + " 12:00+09', " + amount + ", 3, " + expected
                + ", '{}'); INSERT INTO ops.anomaly_seen VALUES ('mysql-one', " + sale + ", '" + rule
                + "', '2026-01-13 00:10+09', 'r')");
    }

    private static void reviewed(TestDatabase database, long sale, String state) {
        database.execute("INSERT INTO ops.anomaly_review (account_id, sale_id, rule, state, reviewed_by)"
                + " SELECT account_id, sale_id, rule, '" + state + "', 'somebody' FROM ops.anomaly_seen"
                + " WHERE sale_id = " + sale);
    }
}
