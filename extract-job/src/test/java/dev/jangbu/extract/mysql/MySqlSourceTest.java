package dev.jangbu.extract.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.erased.SubjectKey;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.MariaDbExtension;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, MariaDbExtension.class})
class MySqlSourceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-03T00:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFirstRunLandsEveryRowAndTheNextWhatChanged(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 2_500);
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(account.ids()).isEqualTo(ids(1, 2_500));
        assertThat(account.manifest().counts())
                .containsEntry("count_expected", 2_500L)
                .containsEntry("pages", 3L);
        assertThat(account.manifest().windowFrom()).isEqualTo(Instant.EPOCH);
        assertThat(account.manifest().windowTo()).hasToString("2026-01-02T01:41:40Z");
        assertThat(account.manifest().profile()).isEqualTo("mysql");
        account.moveWatermark();

        source.execute("UPDATE platform_sales SET is_canceled = 1, modified = '2026-01-02 11:00:00' WHERE id = 7");
        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        // The last ten minutes again, and behind them what changed.
        List<Long> ids = account.ids();
        assertThat(ids).hasSize(601).startsWith(1_901L).endsWith(2_500L, 7L);
        assertThat(account.records().get(600).get("is_canceled").asBoolean()).isTrue();
        assertThat(account.manifest().windowFrom()).hasToString("2026-01-02T01:41:40Z");
        assertThat(account.manifest().windowTo()).hasToString("2026-01-02T02:00:00Z");
    }

    @Test
    void aRowIsLandedAsItIsStoredButForCardNumbers(TestDatabase database, TestMariaDb source) throws IOException {
        SalesTable.create(source).add(1, 2);
        source.execute("""
                UPDATE platform_sales SET
                    remark = '"한글" 4111 1111 1111 1111 😀', card_number = '5310120000003456', is_canceled = 1,
                    daily_sale_id = 9, amount_fee = NULL, raw_data = '{"pan":"4111111111111111","no":4111111111111112}'
                WHERE id = 2""");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        Manifest.Entry part = account.manifest().files().get(0);
        List<String> lines = Files.readAllLines(
                account.runs().landing("card-sales", AcquirerAccount.DAY).resolve(part));
        String key = account.records().get(0).get("card_key").asString();
        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(lines).containsExactly("""
                        {"observed_at":"2026-01-03T00:00:00.500Z","record":{"id":1,"created":"2026-01-02T10:00:00.123456",\
                        "modified":"2026-01-02T10:00:01.000000","remark":null,"num_approval":"a1","card_company":"신한카드",\
                        "card_category":"CREDIT","card_number":"5310-12**-****-3456","card_key":"%s","amount_sale":1000,\
                        "amount_fee":20,"amount_deposit":980,"is_canceled":false,"sold_at":"2026-01-02T10:00:01.000000",\
                        "will_deposited_at":null,"raw_data":"{\\"pos\\":1}","platform":"VAN","daily_sale_id":null,\
                        "store_id":50,"result_code":"0000","result_msg":"정상","extra_payment_id":null,\
                        "detail_status":"DONE","processing_status":"SETTLED"}}""".formatted(key), """
                        {"observed_at":"2026-01-03T00:00:00.500Z","record":{"id":2,"created":"2026-01-02T10:00:00.123456",\
                        "modified":"2026-01-02T10:00:02.000000","remark":"\\"한글\\" 4111 11** **** 1111 😀",\
                        "num_approval":"a2","card_company":"신한카드","card_category":"CREDIT",\
                        "card_number":"531012******3456","card_key":"%s","amount_sale":2000,"amount_fee":null,\
                        "amount_deposit":1960,"is_canceled":true,"sold_at":"2026-01-02T10:00:02.000000",\
                        "will_deposited_at":null,"raw_data":"{\\"pan\\":\\"411111******1111\\",\\"no\\":4111111111111112}",\
                        "platform":"VAN","daily_sale_id":9,"store_id":50,"result_code":"0000","result_msg":"정상",\
                        "extra_payment_id":null,"detail_status":"DONE","processing_status":"SETTLED"}}""".formatted(key));
    }

    /** A card whose holder was erased comes without its number, and without what may name who it was. */
    @Test
    void paymentsOfAnErasedCardAreNobodys(TestDatabase database, TestMariaDb source) throws SQLException {
        SalesTable.create(source).add(1, 2);
        source.execute("UPDATE platform_sales SET remark = '김철수', card_number = '5310120000009999' WHERE id = 2");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);
        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);
        String key = account.records().get(1).get("card_key").asString();
        try (Connection connection = database.connect()) {
            SubjectKey subjects = SubjectKey.read(connection);
            database.execute("INSERT INTO ops.erased_subject (subject_hash, fingerprint, is_word) VALUES ('"
                    + subjects.hash(key) + "', " + subjects.fingerprint(key) + ", TRUE)");
        }

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(account.records())
                .extracting(record -> record.get("card_number") + " " + record.get("remark") + " "
                        + record.get("raw_data") + " " + record.get("result_msg") + " " + record.get("amount_sale"))
                .containsExactly(
                        "\"5310-12**-****-3456\" null \"{\\\"pos\\\":1}\" \"정상\" 1000", "null null null null 2000");
        assertThat(account.records().get(1).get("card_key").isNull()).isTrue();
    }

    @Test
    void tenThousandRowsOfOneSecondAreEachReadOnce(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 10_500, "'2026-01-02 10:00:00'");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(account.ids()).isEqualTo(ids(1, 10_500));
        assertThat(account.manifest().counts()).containsEntry("pages", 11L);
        assertThat(account.manifest().windowTo()).hasToString("2026-01-02T01:00:00Z");
    }

    @Test
    void aPageIsARangeOfTheIndexInItsOrder(TestDatabase database, TestMariaDb source) throws SQLException {
        SalesTable.create(source).add(1, 10_500, "'2026-01-02 10:00:00'").add(10_501, 20_000);

        try (Connection connection = source.connect();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN " + ChangedSales.PAGE)) {
            explain.setString(1, "2026-01-02 10:00:00");
            explain.setLong(2, 5_000);
            explain.setString(3, "2026-01-02 10:00:00");
            explain.setInt(4, 1_000);
            try (ResultSet plan = explain.executeQuery()) {
                assertThat(plan.next()).isTrue();
                assertThat(plan.getString("type") + " " + plan.getString("key")).isEqualTo("range modified_id");
                assertThat(plan.getString("Extra")).doesNotContain("filesort");
            }
        }
    }

    @Test
    void whatChangesWhileItIsReadIsOfTheNextRun(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 3_000);
        source.execute("UPDATE platform_sales SET card_number = '9999-99**-****-9999' WHERE id = 500");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);
        Interrupted changing = new Interrupted(1_000, () -> {
            source.execute("DELETE FROM platform_sales WHERE id BETWEEN 2000 AND 2100");
            source.execute("UPDATE platform_sales SET amount_sale = 1, modified = '2026-01-02 12:00:00'"
                    + " WHERE id IN (1, 2500)");
        });

        assertThat(account.runs().run(changing, "card-sales", AcquirerAccount.DAY))
                .isEqualTo(ExitCode.DONE);

        assertThat(account.ids()).isEqualTo(ids(1, 3_000));
        assertThat(account.records().get(2_499).get("amount_sale").asLong()).isEqualTo(2_500_000);
        account.moveWatermark();
        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);
        assertThat(account.ids()).endsWith(3_000L, 1L, 2_500L);
    }

    @Test
    void aReadingThatTheServerLeavesInAPageGoesOnBehindItsLastWholePart(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 12_000);
        // More than what is held and on its way when the server dies.
        source.execute("UPDATE platform_sales SET raw_data = REPEAT('x', 6000) WHERE id > 2000");
        source.execute("UPDATE platform_sales SET card_number = '9999-99**-****-9999' WHERE id = 2500");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);
        account.runs().inPartsOf(100_000);

        try {
            assertThat(account.runs().run(new Interrupted(10_000, source::kill), "card-sales", AcquirerAccount.DAY))
                    .isEqualTo(ExitCode.UNAVAILABLE);
        } finally {
            source.start();
        }
        assertThat(account.runs().lastLine())
                .contains(source.database() + ": cannot read the sales: ", "; the source went away, run again")
                .doesNotContain(AcquirerAccount.password(source));
        assertThat(account.runs().landing("card-sales", AcquirerAccount.DAY).manifest())
                .isEmpty();

        source.execute("UPDATE platform_sales SET amount_sale = 1, modified = '2026-01-02 14:00:00' WHERE id = 10");
        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        long resumed = account.manifest().counts().getOrDefault("resumed", 0L);
        assertThat(resumed).isBetween(2_500L, 11_999L);
        assertThat(account.manifest().counts()).containsEntry("count_expected", 12_001L);
        assertThat(account.ids())
                .isEqualTo(LongStream.concat(LongStream.rangeClosed(1, 12_000), LongStream.of(10))
                        .boxed()
                        .toList());
        assertThat(resumeFiles(account)).isEmpty();

        // Nothing is left to go on with: the next one reads all.
        assertThat(account.run(20_000)).isEqualTo(ExitCode.DONE);
        assertThat(account.manifest().counts()).containsEntry("resumed", 0L);
    }

    @Test
    void aResumedReadingIsNoFartherThanItsFirstSnapshot(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 2_000);
        source.execute("UPDATE platform_sales SET card_number = '9999-99**-****-9999' WHERE id = 1500");
        AcquirerAccount first = AcquirerAccount.of(database, source, folder, CLOCK);
        first.runs().inPartsOf(50_000);
        Interrupted failing = new Interrupted(1_000, () -> {
            throw new IllegalStateException("as if killed");
        });
        assertThat(first.runs().run(failing, "card-sales", AcquirerAccount.DAY)).isEqualTo(ExitCode.FAILED);

        source.execute("UPDATE platform_sales SET modified = '2026-01-03 10:00:00' WHERE id = 1");
        AcquirerAccount later = AcquirerAccount.of(
                database, source, folder, Clock.fixed(Instant.parse("2026-01-03T02:00:00Z"), ZoneOffset.UTC));
        assertThat(later.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(later.manifest().counts().get("resumed")).isPositive();
        assertThat(later.manifest().windowTo()).isEqualTo(CLOCK.instant());
    }

    @Test
    void rowsOfAClockAnHourAheadAreReadAndReadAgain(TestDatabase database, TestMariaDb source) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SalesTable table = SalesTable.create(source);
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, Clock.fixed(now, ZoneOffset.UTC));
        try {
            source.setAhead(Duration.ofHours(1));
            table.add(1, 30, "NOW(6)");

            assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);
            assertThat(account.ids()).isEqualTo(ids(1, 30));
            assertThat(account.manifest().counts()).containsEntry("ahead_of_clock", 30L);
            assertThat(account.manifest().counts().get("clock_ahead_seconds")).isBetween(3_600L, 3_900L);
            assertThat(account.manifest().windowTo()).isEqualTo(now);
            account.moveWatermark();

            table.add(31, 31, "NOW(6) - INTERVAL 59 MINUTE");
            assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);
            assertThat(account.ids()).hasSize(31).startsWith(31L);
        } finally {
            source.setAhead(Duration.ZERO);
        }
    }

    @Test
    void aSourceBehindOursIsNotAskedForTheFuture(TestDatabase database, TestMariaDb source) {
        Instant nextYear = Instant.parse("2100-01-01T00:00:00Z");
        SalesTable.create(source).add(1, 1, "'2099-01-01 00:00:00'");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, Clock.fixed(nextYear, ZoneOffset.UTC));

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(account.ids()).containsExactly(1L);
        assertThat(account.manifest().windowTo()).isBefore(Instant.parse("2099-01-01T00:00:00Z"));
    }

    @Test
    void anEmptyTableIsAnEmptyLanding(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source);
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.run(1_000)).isEqualTo(ExitCode.DONE);

        assertThat(account.manifest().rows()).isZero();
        assertThat(account.manifest().windowTo()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void theOtherDriverReadsTheSame(TestDatabase database, TestMariaDb source) throws Exception {
        SalesTable.create(source).add(1, 1_500);
        AcquirerAccount account = AcquirerAccount.of(
                database,
                folder,
                CLOCK,
                AcquirerAccount.address(source, "driver=mysql&ca=" + source.caFile()),
                AcquirerAccount.password(source));
        Path drivers = Files.createDirectories(folder.resolve("drivers"));
        Path library = Path.of(Class.forName("com.mysql.cj.jdbc.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(library, drivers.resolve("mysql-connector-j.jar"));

        assertThat(account.run(1_000)).isEqualTo(ExitCode.USAGE);
        assertThat(account.runs().lastLine())
                .contains("JANGBU_JDBC_DRIVERS: not set (expected with driver=mysql: a folder with the jar of MySQL"
                        + " Connector/J)");

        MySqlSource loaded = new MySqlSource(Map.of("JANGBU_JDBC_DRIVERS", drivers.toString()), 1_000);
        assertThat(account.runs().run(loaded, "card-sales", AcquirerAccount.DAY))
                .isEqualTo(ExitCode.DONE);
        List<String> byOther = account.runs().records("card-sales", AcquirerAccount.DAY);
        AcquirerAccount.of(database, source, folder, CLOCK).run(1_000);
        assertThat(byOther).hasSize(1_500).isEqualTo(account.runs().records("card-sales", AcquirerAccount.DAY));
    }

    @Test
    void aLastDayIsRefused(TestDatabase database, TestMariaDb source) {
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.runUntil(AcquirerAccount.DAY)).isEqualTo(ExitCode.USAGE);

        assertThat(account.runs().lastLine())
                .contains(
                        "--to-date: given with mysql (expected: without; a first load that is killed is gone on with)");
    }

    private static List<Path> resumeFiles(AcquirerAccount account) {
        try (Stream<Path> files = Files.walk(
                account.runs().landing("card-sales", AcquirerAccount.DAY).path())) {
            return files.filter(file -> file.endsWith("resume.json")).toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Long> ids(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
