package dev.jangbu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.MariaDbExtension;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(MariaDbExtension.class)
class CardSalesTest {
    private static final String CONTENT = "SELECT COUNT(*), BIT_XOR(CRC32(CONCAT_WS('|', id, created, modified, remark,"
            + " num_approval, card_company, card_category, card_number, amount_sale, amount_fee, amount_deposit,"
            + " is_canceled, sold_at, will_deposited_at, raw_data, platform, daily_sale_id, store_id, result_code,"
            + " result_msg, extra_payment_id, detail_status, processing_status))) FROM platform_sales";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void sameSeedFillsTheSameTable(TestMariaDb database) throws IOException {
        assertThat(fill(database, "--seed", "7")).isZero();
        String content = database.value(CONTENT);
        String planted = planted();

        assertThat(fill(database, "--seed", "7", "--replace")).isZero();
        assertThat(database.value(CONTENT)).isEqualTo(content).startsWith("3000|");
        assertThat(planted()).isEqualTo(planted);

        assertThat(fill(database, "--seed", "8", "--replace")).isZero();
        assertThat(database.value(CONTENT)).isNotEqualTo(content).startsWith("3000|");
    }

    @Test
    void eachRuleIsPlantedInTheNumberAsked(TestMariaDb database) throws IOException {
        assertThat(fill(database)).isZero();
        database.execute("CREATE TABLE planted (rule VARCHAR(40), sale_id BIGINT PRIMARY KEY)");
        Matcher line =
                Pattern.compile("\\{\"rule\":\"(\\w+)\",\"sale_id\":(\\d+),").matcher(planted());
        List<String> rows = new ArrayList<>();
        while (line.find()) {
            rows.add("('" + line.group(1) + "', " + line.group(2) + ")");
        }
        database.execute("INSERT INTO planted VALUES " + String.join(", ", rows));
        database.execute("CREATE VIEW planted_sale AS SELECT * FROM planted JOIN platform_sales ON id = sale_id");

        assertThat(database.rows("SELECT rule, COUNT(*) FROM planted WHERE rule IN"
                        + " ('over_twice_week', 'store_hour_outlier', 'outside_hours') GROUP BY rule ORDER BY rule"))
                .containsExactly("outside_hours|4", "over_twice_week|4", "store_hour_outlier|4");
        assertThat(database.rows("SELECT COUNT(DISTINCT store_id) BETWEEN 3 AND 7, COUNT(*) BETWEEN 4 AND 7,"
                        + " TIMESTAMPDIFF(SECOND, MIN(sold_at), MAX(sold_at)) < 600 FROM planted_sale"
                        + " WHERE rule = 'card_burst' GROUP BY card_number"))
                .containsExactly("1|1|1", "1|1|1", "1|1|1", "1|1|1");
        assertThat(database.rows("SELECT COUNT(*) >= 3 FROM platform_sales JOIN (SELECT DISTINCT store_id AS s,"
                        + " card_number AS c, amount_sale AS a FROM planted_sale WHERE rule = 'same_card_same_amount')"
                        + " AS again ON store_id = s AND card_number = c AND amount_sale = a GROUP BY s, c, a"))
                .containsExactly("1", "1", "1", "1");
        assertThat(database.rows("SELECT MIN(is_canceled), COUNT(*) >= 4 FROM planted_sale"
                        + " WHERE rule = 'cancellation_share'"))
                .containsExactly("1|1");
    }

    @Test
    void nearMissesAreHonestRowsThatAreNamed(TestMariaDb database) throws IOException {
        assertThat(fill(database)).isZero();
        database.execute("CREATE TABLE near_miss (rule VARCHAR(40), sale_id BIGINT PRIMARY KEY, note VARCHAR(100))");
        Matcher line = Pattern.compile("\\{\"near_miss\":\"(\\w+)\",\"sale_id\":(\\d+),.*\"note\":\"([^\"]+)\"}")
                .matcher(planted());
        List<String> rows = new ArrayList<>();
        while (line.find()) {
            rows.add("('" + line.group(1) + "', " + line.group(2) + ", \"" + line.group(3) + "\")");
        }
        database.execute("INSERT INTO near_miss VALUES " + String.join(", ", rows));
        database.execute("CREATE VIEW near AS SELECT * FROM near_miss JOIN platform_sales ON id = sale_id");

        assertThat(database.rows("SELECT note, COUNT(*) BETWEEN 2 AND 4, COUNT(DISTINCT store_id),"
                        + " TIMESTAMPDIFF(MICROSECOND, MIN(sold_at), MAX(sold_at)) < 600000000 FROM near"
                        + " WHERE rule = 'card_burst' AND note <> 'a family with one card'"
                        + " GROUP BY note, card_number ORDER BY note"))
                .containsExactly(
                        "three payments at two stores|1|2|1",
                        "three stores, more than ten minutes apart|1|3|0",
                        "two payments at two stores|1|2|1");
        assertThat(database.rows("SELECT COUNT(*) BETWEEN 3 AND 4, COUNT(*) - COUNT(DISTINCT store_id),"
                        + " TIMESTAMPDIFF(MINUTE, MIN(sold_at), MAX(sold_at)) < 20, MAX(is_canceled) FROM near"
                        + " WHERE note = 'a family with one card' GROUP BY card_number"))
                .containsExactly("1|0|1|0");
        assertThat(database.rows("SELECT SUBSTRING_INDEX(note, ' ', 2), COUNT(DISTINCT store_id, DATE(sold_at)) >= 2,"
                        + " COUNT(*) BETWEEN 2 AND 10, MAX(is_canceled) FROM near WHERE rule = 'outside_hours'"
                        + " GROUP BY SUBSTRING_INDEX(note, ' ', 2) ORDER BY 1"))
                .containsExactly("in the|1|1|0", "open later|1|1|0");
        assertThat(database.rows(
                        "SELECT sold_at, note FROM near WHERE note LIKE 'in the hour%' AND HOUR(sold_at) NOT IN"
                                + " (REGEXP_SUBSTR(note, '[0-9]+') - 1, REGEXP_SUBSTR(note, '[0-9]+(?= o)') % 24)"))
                .isEmpty();
        assertThat(planted().lines().filter(each -> each.startsWith("{\"rule\":")))
                .noneMatch(each ->
                        rows.stream().anyMatch(row -> each.contains("\"sale_id\":" + row.split(", ", -1)[1] + ",")));
    }

    @Test
    void honestRowsPassTheChecksOfTheirQuality(TestMariaDb database) {
        assertThat(fill(database)).isZero();

        assertThat(database.rows("SELECT SUM(ABS(amount_sale - amount_fee - amount_deposit) > 1),"
                        + " SUM(is_canceled AND modified <= created), SUM(created <= sold_at),"
                        + " SUM(modified > '2026-03-02 04:00:00'), SUM(amount_sale <= 0),"
                        + " SUM(card_number NOT RLIKE '^[0-9]{4}-[0-9]{2}[*]{2}-[*]{4}-[0-9]{4}$'),"
                        + " SUM(NOT JSON_VALID(raw_data)) FROM platform_sales"))
                .containsExactly("0|0|0|0|0|0|0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--stores 2 | stores: 2 (expected: 3..100000)",
                "--days 9 | days: 9 (expected: 10..3650)",
                "--ending 2026-02-30 | Text '2026-02-30' could not be parsed: Invalid date 'FEBRUARY 30'",
                "--sales many | Invalid value for option '--sales': 'many' is not a long",
                "--sales 10 | plant: 4 (expected: fewer, or more stores, days or sales; no place for cancellation_share 1)",
                "--plant 1000 | plant: 1000 (expected: fewer, or more stores, days or sales; no place for over_twice_week ",
            })
    void wrongArgumentIsRefusedInOneLine(String arguments, String message, TestMariaDb database) {
        assertThat(fill(database, arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines()).singleElement().asString().startsWith(message);
        assertThat(database.rows("SHOW TABLES")).isEmpty();
    }

    @Test
    void tableThatIsThereIsLeftAlone(TestMariaDb database) {
        database.execute("CREATE TABLE platform_sales (id BIGINT)");

        assertThat(fill(database)).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("platform_sales: is there (expected: none; --replace drops it)");
        assertThat(database.rows("SELECT * FROM platform_sales")).isEmpty();
    }

    private int fill(TestMariaDb database, String... more) {
        List<String> arguments = new ArrayList<>(List.of("card-sales"));
        String given = List.of(more).stream().collect(Collectors.joining(" "));
        for (String preset : List.of("--stores 10", "--days 21", "--sales 3000", "--plant 4")) {
            if (!given.contains(preset.split(" ", -1)[0])) {
                arguments.addAll(List.of(preset.split(" ", -1)));
            }
        }
        arguments.addAll(List.of("--url", database.url(), "--user", database.owner()));
        arguments.addAll(List.of("--password-file", database.ownerPasswordFile().toString()));
        arguments.addAll(List.of("--planted", folder.resolve("planted.jsonl").toString()));
        arguments.addAll(List.of(more));
        return SandboxCommand.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }

    private String planted() throws IOException {
        return Files.readString(folder.resolve("planted.jsonl"));
    }
}
