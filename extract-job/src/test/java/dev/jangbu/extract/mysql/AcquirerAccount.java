package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
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
import tools.jackson.databind.JsonNode;

/** The account {@code mysql-acquirer} of a test: its runs, and what load-job would have kept of them. */
final class AcquirerAccount {
    static final LocalDate DAY = LocalDate.of(2026, 1, 3);

    private static final String DATASET = "card-sales";

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

    static AcquirerAccount of(
            TestDatabase database, Path folder, Clock clock, String address, String password) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account("mysql-acquirer", "acme", Channel.MYSQL, "acquirer", address, null),
                Map.of("password", password),
                null);
        return new AcquirerAccount(
                database, ShopRuns.of(database, folder, accounts, "mysql-acquirer", clock), clock);
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
                ON CONFLICT (dataset, slice) DO UPDATE SET position = excluded.position"""
                .formatted(manifest().windowTo()));
    }

    List<JsonNode> records() {
        return runs.records(DATASET, DAY).stream()
                .map(Json.mapper()::readTree)
                .toList();
    }

    List<Long> ids() {
        return records().stream().map(record -> record.get("id").asLong()).toList();
    }
}
