package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.retention.Policy;
import dev.jangbu.load.window.CleanRow;
import dev.jangbu.load.window.CleanWindow;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who paid by card is a key, and may be named in what is said of the payment: both go, the payments stay. */
@ExtendWith(PostgresExtension.class)
class CardErasureTest {
    private static final String KEY = "c3".repeat(32);
    private static final String NAME = "김철수";
    private static final String ID = "U000123";
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String NEXT = "2026-03-03T10:00:00Z";
    private static final String SAID =
            "SELECT sale_id, card_number, card_key, remark, result_msg, raw_data, amount_sale"
                    + " FROM raw.card_sale ORDER BY 1";

    private final TestDatabase database;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path root = Path.of("");

    CardErasureTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void loadSales() {
        CleanWindow window = new CleanWindow("card-sales", root, database);
        assertThat(window.load(
                        CleanRow.cardSale(1, "2026-03-01", EVENING)
                                .with("card_key=" + KEY + ",remark=" + NAME + " 예약,raw_data=" + NAME),
                        CleanRow.cardSale(2, "2026-03-01", EVENING).with("remark=" + ID + " 환불,result_msg=정상"),
                        CleanRow.cardSale(3, "2026-03-02", EVENING).with("remark=단체")))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.on("2026-03-03")
                        .load(CleanRow.cardSale(1, "2026-03-01", NEXT)
                                .with("card_key=" + KEY + ",is_canceled=true,remark=" + NAME + ",result_msg=" + NAME
                                        + " 취소")))
                .isEqualTo(ExitCode.DONE);
        database.execute(
                "INSERT INTO mart.mart_card_anomaly SELECT sale_date, 'hlog', account_id, sale_id, 'card_burst',"
                        + " store_id, sold_at, amount_sale, 3, 2, JSONB_BUILD_OBJECT('card', '" + KEY.substring(0, 12)
                        + "') FROM raw.card_sale WHERE sale_id = 1;"
                        + " INSERT INTO ops.anomaly_seen SELECT account_id, sale_id, rule, NOW(), 'r' FROM mart.mart_card_anomaly;"
                        + " INSERT INTO ops.anomaly_review (account_id, sale_id, rule, state, reviewed_by, note)"
                        + " SELECT account_id, sale_id, rule, 'DISMISSED', 'han', 'asked " + ID
                        + ", fine' FROM ops.anomaly_seen");
    }

    @Test
    void aCardIsNowhereNorWhatWasSaidOfItsPayments() throws Exception {
        assertThat(naming(KEY)).isNotEmpty();
        assertThat(naming(NAME)).isNotEmpty();

        assertThat(erase(KEY)).isEqualTo(ExitCode.DONE);

        assertThat(naming(KEY)).isEmpty();
        assertThat(naming(KEY.substring(0, 12))).isEmpty();
        assertThat(naming(NAME)).isEmpty();
        assertThat(database.rows(SAID))
                .containsExactly(
                        "1|NULL|NULL|NULL|NULL|NULL|12000.00",
                        "2|5310-12**-****-3456|NULL|" + ID + " 환불|정상|NULL|12000.00",
                        "3|5310-12**-****-3456|NULL|단체|NULL|NULL|12000.00");
        assertThat(database.rows("SELECT remark FROM raw.card_text ORDER BY 1"))
                .containsExactly(ID + " 환불", "단체", "NULL");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("marts to build again: `bin/job mart-job build --dataset card-sales --touched`")
                .contains("\"rebuild_touched\":[\"card-sales\"]")
                .doesNotContain(KEY);
        assertThat(database.rows("SELECT business_date FROM ops.touched_day WHERE run_id LIKE 'erasure-%'"))
                .containsExactly("2026-03-01");

        said.reset();
        assertThat(erase(KEY)).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("nothing to do: erased before by ");
    }

    /** The files that are left bring nobody back: their rows are what is held. */
    @Test
    void whatIsLeftLoadsAgainAndChangesNothing() throws Exception {
        assertThat(erase(KEY)).isEqualTo(ExitCode.DONE);
        List<String> left = database.rows(SAID);

        CleanWindow again = new CleanWindow("card-sales", root, database);
        assertThat(again.on("2026-03-03").load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(again.on("2026-03-02").load(database.environment())).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(SAID)).isEqualTo(left);
        assertThat(naming(NAME)).isEmpty();
    }

    @Test
    void anIdThatATextOfASaleOrOfAReviewerNamesIsReplaced() throws Exception {
        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);

        assertThat(naming(ID)).isEmpty();
        assertThat(database.rows("SELECT sale_id, remark FROM raw.card_sale WHERE sale_id > 1 ORDER BY 1"))
                .containsExactly("2|(erased) 환불", "3|단체");
        assertThat(database.rows("SELECT remark FROM raw.card_text WHERE result_msg = '정상'"))
                .containsExactly("(erased) 환불");
        assertThat(database.rows("SELECT reviewed_by, note FROM ops.anomaly_review"))
                .containsExactly("han|asked (erased), fine");
    }

    private ExitCode erase(String subject) throws Exception {
        BusinessCalendar calendar = BusinessCalendar.from(database.environment());
        String id = RunFolders.newRunId(Clock.systemUTC().instant());
        Erasing erasing = new Erasing(
                id,
                Subject.parse(subject),
                Policy.read(null),
                LocalDate.of(2026, 4, 1),
                new Workspace(root),
                database.environment(),
                Clock.systemUTC());
        Database own = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(root)), calendar, "erase-" + id);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Erasure(erasing, own, new Erasure.Request("tester", "asked"), out).run();
    }

    /** Every column of every row of every table, and every file. */
    private List<String> naming(String text) throws IOException {
        List<String> found = new ArrayList<>();
        for (String table : database.rows("SELECT schemaname || '.' || tablename FROM pg_tables"
                + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            found.addAll(database.rows("SELECT '" + table + ": ' || CAST(t AS TEXT) FROM " + table
                    + " AS t WHERE STRPOS(CAST(t AS TEXT), '" + text + "') > 0"));
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(text))
                    .map(Path::toString)
                    .forEach(found::add);
        }
        return found;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
