package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The account {@code mysql-acquirer} of a test: its runs, and what load-job would have kept of them. */
final class AcquirerAccount {
    static final LocalDate DAY = LocalDate.of(2026, 1, 3);

    private static final String DATASET = "card-sales";
    private static final WindowOptions RECONCILE = new WindowOptions("mysql-acquirer", true, null);

    private final TestDatabase database;
    private final ShopRuns runs;
    private final Clock clock;

    private AcquirerAccount(TestDatabase database, ShopRuns runs, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.clock = clock;
    }

    static AcquirerAccount of(TestDatabase database, TestMariaDb source, Path folder, Clock clock) {
        return of(database, folder, clock, address(source, "ca=" + source.caFile()), password(source));
    }

    static AcquirerAccount of(TestDatabase database, Path folder, Clock clock, String address, String password) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account("mysql-acquirer", "acme", Channel.MYSQL, "acquirer", address, null),
                Map.of("password", password),
                null);
        return new AcquirerAccount(database, ShopRuns.of(database, folder, accounts, "mysql-acquirer", clock), clock);
    }

    static String address(TestMariaDb source, String settings) {
        return "mysql://" + source.user() + "@" + source.host() + ":" + source.port() + "/" + source.database() + "?"
                + settings;
    }

    static String password(TestMariaDb source) {
        try {
            return Files.readString(source.passwordFile()).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ExitCode run(int pageRows) {
        return runs.run(new MySqlSource(Map.of(), pageRows), DATASET, DAY);
    }

    /** With a last day. */
    ExitCode runUntil(LocalDate lastDay) {
        WindowOptions options = new WindowOptions("mysql-acquirer", false, lastDay, lastDay);
        return runs.run(new MySqlSource(Map.of()), DATASET, DAY, options, clock);
    }

    ExitCode reconcile(int pageRows) {
        return runs.run(new MySqlSource(Map.of(), pageRows), DATASET, DAY, RECONCILE, clock);
    }

    /** The records of the reconciliation. */
    List<JsonNode> reconciled() {
        DayFolder landing = runs.workspace().landing(DATASET, RECONCILE.slice(), DAY);
        return landing.read("no remedy").files().stream()
                .flatMap(part -> lines(landing.resolve(part)))
                .map(line -> Json.mapper().readTree(line).get("record"))
                .toList();
    }

    private static Stream<String> lines(Path part) {
        try {
            return Files.readAllLines(part).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The source's rows as the jobs leave them. */
    void load(TestMariaDb source) {
        List<String> rows = source.rows("""
                SELECT CONCAT_WS(
                    ', ', id, QUOTE(CONCAT(created, '+09')), QUOTE(CONCAT(modified, '+09')), QUOTE(num_approval),
                    QUOTE(card_company), QUOTE(card_category), amount_sale, amount_fee, amount_deposit,
                    IF(is_canceled, 'TRUE', 'FALSE'), QUOTE(CONCAT(sold_at, '+09')), QUOTE(platform), store_id,
                    QUOTE(result_code), QUOTE(detail_status), QUOTE(processing_status))
                FROM platform_sales""");
        database.execute("""
                SELECT ops.make_card_sale_part('mysql-acquirer');
                INSERT INTO raw.card_sale (
                    account_id, sale_date, source_hash, observed_at, loaded_run_id, sale_id, created, modified,
                    num_approval, card_company, card_category, amount_sale, amount_fee, amount_deposit, is_canceled,
                    sold_at, platform, store_id, result_code, detail_status, processing_status
                ) VALUES (%s)""".formatted(rows.stream()
                .map(row -> "'mysql-acquirer', '2026-01-02', 'h', '2026-01-03T00:00:00Z', 'r', " + row)
                .collect(Collectors.joining("), ("))));
    }

    ShopRuns runs() {
        return runs;
    }

    Manifest manifest() {
        return runs.landing(DATASET, DAY).read("no remedy");
    }

    /** What load-job does last. */
    void moveWatermark() {
        database.execute("""
                INSERT INTO ops.watermark (dataset, slice, position, run_id)
                VALUES ('card-sales', 'mysql-acquirer', '%s', 'r')
                ON CONFLICT (dataset, slice) DO UPDATE SET position = excluded.position""".formatted(manifest().windowTo()));
    }

    List<JsonNode> records() {
        return runs.records(DATASET, DAY).stream().map(Json.mapper()::readTree).toList();
    }

    List<Long> ids() {
        return records().stream().map(record -> record.get("id").asLong()).toList();
    }
}
