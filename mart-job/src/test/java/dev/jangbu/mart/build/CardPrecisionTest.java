package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.sandbox.cards.CardSalesLines;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * What the rules find of what is planted in made-up card sales, and what of honest ones: every touched day of every mart
 * is built. By itself over few stores of one seed; {@code make card-precision} over many, with a table of the figures.
 */
@ExtendWith(PostgresExtension.class)
class CardPrecisionTest {
    private static final LocalDate ENDING = LocalDate.parse("2026-03-01");
    private static final int STORES = Integer.getInteger("jangbu.precision.stores", 20);
    private static final int DAYS = Integer.getInteger("jangbu.precision.days", 34);
    private static final String SEEDS = System.getProperty("jangbu.precision", "7");
    private static final RuleFigures FIGURES = new RuleFigures();

    private static final String SOURCE = """
            CREATE UNLOGGED TABLE public.platform_sales (
                id BIGINT, created TIMESTAMP, modified TIMESTAMP, remark TEXT, num_approval TEXT, card_company TEXT,
                card_category TEXT, card_number TEXT, amount_sale NUMERIC, amount_fee NUMERIC, amount_deposit NUMERIC,
                is_canceled TEXT, sold_at TIMESTAMP, will_deposited_at TIMESTAMP, raw_data TEXT, platform TEXT,
                daily_sale_id BIGINT, store_id BIGINT, result_code TEXT, result_msg TEXT, extra_payment_id TEXT,
                detail_status TEXT, processing_status TEXT);
            CREATE UNLOGGED TABLE public.planted (sale_id BIGINT PRIMARY KEY, rule TEXT);
            CREATE UNLOGGED TABLE public.near_miss (sale_id BIGINT PRIMARY KEY, rule TEXT)""";

    /** As the jobs before would leave it; the key of a card is whatever tells it from others. */
    private static final String LOADED = """
            INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)
            VALUES ('mysql-acquirer', 'acme', 'MYSQL', 'platform_sales');
            SELECT ops.make_card_sale_part('mysql-acquirer');
            INSERT INTO raw.card_sale (account_id, sale_id, card_key, amount_sale, is_canceled, sold_at, store_id,
                sale_date, source_hash, observed_at, loaded_run_id)
            SELECT 'mysql-acquirer', id, ENCODE(SHA256(CONVERT_TO(card_number, 'UTF8')), 'hex'), amount_sale,
                is_canceled = '1', sold_at AT TIME ZONE 'Asia/Seoul', store_id, sold_at::DATE, '', NOW(), 'load'
            FROM public.platform_sales;
            ANALYZE raw.card_sale""";

    private static final String FOUND = """
            SELECT rule.rule,
                (SELECT COUNT(*) FROM public.planted AS p WHERE p.rule = rule.rule),
                COUNT(*) FILTER (WHERE planted.rule = rule.rule),
                COUNT(*) FILTER (WHERE found.sale_id IS NOT NULL AND planted.rule IS NULL),
                COUNT(*) FILTER (WHERE planted.rule <> rule.rule),
                (SELECT COUNT(*) FROM public.near_miss AS n WHERE n.rule = rule.rule),
                COUNT(*) FILTER (WHERE near_miss.rule = rule.rule)
            FROM ops.anomaly_rule AS rule
            LEFT JOIN mart.mart_card_anomaly AS found ON rule.rule = found.rule
            LEFT JOIN public.planted AS planted ON found.sale_id = planted.sale_id
            LEFT JOIN public.near_miss AS near_miss ON found.sale_id = near_miss.sale_id
            GROUP BY rule.rule
            ORDER BY rule.rule""";

    @TempDir
    private Path workspace = Path.of("");

    static Stream<Long> seeds() {
        String[] ends = SEEDS.split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theRulesFindMostOfWhatIsPlanted(long seed, TestDatabase database) throws Exception {
        List<LocalDate> days = fill(database, seed);
        SalesRows rows = new SalesRows(database);
        rows.touch("load", days.toArray(LocalDate[]::new));
        MartRun run = new MartRun(database, workspace);
        for (Mart mart : MartRun.MARTS.ofDataset("card-sales")) {
            assertThat(run.buildTouched(mart)).as(mart.name()).isEqualTo(ExitCode.DONE);
            assertThat(run.summary().get("days_built").intValue()).isEqualTo(DAYS);
        }

        RuleFigures figures = RuleFigures.of(database.rows(FOUND));
        FIGURES.add(figures);

        assertThat(figures.recall("over_twice_week")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.recall("same_card_same_amount")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.recall("card_burst")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.precision("card_burst")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.recall("cancellation_share")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.precision("cancellation_share")).isGreaterThanOrEqualTo(0.8);
        assertThat(figures.recall("outside_hours")).isGreaterThanOrEqualTo(0.8);
        // Of few stores, one evening three hours late weighs as much as two fifths of what is planted.
        assertThat(figures.precision("outside_hours")).isGreaterThanOrEqualTo(0.7);
        assertThat(database.rows("SELECT account_id, sale_id, rule FROM mart.mart_card_anomaly"
                        + " EXCEPT SELECT account_id, sale_id, rule FROM ops.anomaly_seen"))
                .isEmpty();
        assertThat(database.rows("SELECT 1 FROM mart.mart_card_anomaly WHERE evidence::TEXT ~ '[0-9a-f]{16}'"))
                .isEmpty();
    }

    @AfterAll
    static void tell() throws IOException {
        Files.writeString(Path.of("target", "card-precision.md"), FIGURES.table());
    }

    private List<LocalDate> fill(TestDatabase database, long seed) throws IOException, SQLException {
        Path lines = workspace.resolve("lines.tsv");
        Path marks = workspace.resolve("planted.tsv");
        Path nearOnes = workspace.resolve("near_miss.tsv");
        try (Writer sales = Files.newBufferedWriter(lines);
                Writer planted = Files.newBufferedWriter(marks);
                Writer nearMisses = Files.newBufferedWriter(nearOnes)) {
            new CardSalesLines(STORES, DAYS, seed, ENDING, Math.max(5, STORES / 4)).read((id, line, rule, near) -> {
                sales.write(line);
                if (!rule.isEmpty()) {
                    planted.write(id + "\t" + rule + "\n");
                }
                if (!near.isEmpty()) {
                    nearMisses.write(id + "\t" + near + "\n");
                }
            });
        }
        database.execute(SOURCE);
        copy(database, "public.platform_sales", lines);
        copy(database, "public.planted", marks);
        copy(database, "public.near_miss", nearOnes);
        database.execute(LOADED);
        return ENDING.minusDays(DAYS - 1L).datesUntil(ENDING.plusDays(1)).toList();
    }

    private static void copy(TestDatabase database, String table, Path file) throws IOException, SQLException {
        try (Connection connection = database.connect();
                BufferedReader lines = Files.newBufferedReader(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN", lines);
        }
    }
}
