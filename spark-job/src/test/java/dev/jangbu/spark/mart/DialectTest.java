package dev.jangbu.spark.mart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.definition.Column;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each spelling and each function that differs, on both engines. */
@ExtendWith(PostgresExtension.class)
class DialectTest {
    /** JSON that a profile may have let through, and NULL. */
    private static final List<String> VALUES = List.of(
            "[]",
            "[{\"product_id\": \"P1\", \"quantity\": 2, \"unit_price\": 5000.50}, 3, null, \"four\", [5]]",
            "{\"quantity\": \"two\", \"product_id\": null}",
            "{\"product_id\": 7.50, \"quantity\": 1e2, \"unit_price\": 0.1}",
            "{\"product_id\": \"a \\\"b\\\" 한글\", \"quantity\": true}",
            "7",
            "\"text\"",
            "null");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FROM raw.raw_events | FROM raw_events",
                "line.product ->> 'product_id' | JSONB_EXTRACT_PATH_TEXT(line.product, 'product_id')",
                "JSONB_TYPEOF(products -> 'a_b') | JSONB_TYPEOF(JSONB_EXTRACT_PATH(products, 'a_b'))",
                "CAST(event_id AS TEXT) | CAST(event_id AS STRING)",
                "CAST(x AS NUMERIC) | CAST(x AS DECIMAL(38, 18))",
                "CAST(x AS NUMERIC(14, 2)) AS text_count | CAST(x AS NUMERIC(14, 2)) AS text_count"
            })
    void everySpellingIsSparksOwn(String postgres, String spark) {
        assertThat(Dialect.toSpark(postgres)).isEqualTo(spark);
    }

    @Test
    void everyRowOfTheTableHasACaseAbove() {
        assertThat(Dialect.SPELLINGS).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSONB_TYPEOF(value)",
                "CASE JSONB_TYPEOF(value) WHEN 'array' THEN JSONB_ARRAY_LENGTH(value) ELSE 0 END",
                "value ->> 'product_id'",
                "JSONB_TYPEOF(value -> 'quantity')",
                "CASE WHEN JSONB_TYPEOF(value -> 'quantity') = 'number'"
                        + " THEN ROUND(CAST(value -> 'quantity' AS NUMERIC), 2) END"
            })
    void functionsOfJsonAreThoseOfPostgresql(String expression, TestDatabase database) {
        assertSameRows(
                "SELECT id, " + expression + " AS given FROM documents ORDER BY id", database, documents(database));
    }

    @Test
    void elementsOfArraysAreRowsOfBoth(TestDatabase database) {
        assertSameRows(
                "SELECT id, COUNT(*) AS lines, COUNT(line.element ->> 'product_id') AS products"
                        + " FROM documents CROSS JOIN LATERAL JSONB_ARRAY_ELEMENTS("
                        + "CASE JSONB_TYPEOF(value) WHEN 'array' THEN value ELSE '[]' END) AS line (element)"
                        + " GROUP BY id ORDER BY id",
                database,
                documents(database));
    }

    @Test
    void ratesAreRoundedAlikeAndHaveNoDivisorZero(TestDatabase database) {
        SparkSession session = DayEvents.session(TestSpark.start());
        session.range(0, 160).createOrReplaceTempView("numbers");
        database.execute("CREATE VIEW numbers AS SELECT GENERATE_SERIES(CAST(0 AS BIGINT), 159) AS id");
        assertSameRows(
                "SELECT part.id AS part_id, whole.id AS whole_id,"
                        + " ROUND(100.0 * part.id / NULLIF(whole.id, 0), 2) AS rate"
                        + " FROM numbers AS part CROSS JOIN numbers AS whole ORDER BY part_id, whole_id",
                database,
                session);
    }

    @Test
    void whatIsAssignedToAColumnIsRoundedHalfUp() {
        assertThat(ColumnText.of(new BigDecimal("2.345"), column("numeric(14,2)")))
                .isEqualTo("2.35");
        assertThat(ColumnText.of(new BigDecimal("-2.345"), column("numeric(14,2)")))
                .isEqualTo("-2.35");
        assertThat(ColumnText.of(new BigDecimal("2.500000"), column("bigint"))).isEqualTo("3");
        assertThat(ColumnText.of(new BigDecimal("1E+3"), column("numeric"))).isEqualTo("1000");
        assertThat(ColumnText.of("text", column("text"))).isEqualTo("text");
    }

    private static Column column(String type) {
        return new Column("name", type, true, "a column");
    }

    /** The documents, a row each, on both sides. */
    private static SparkSession documents(TestDatabase database) {
        SparkSession session = DayEvents.session(TestSpark.start());
        StringBuilder rows = new StringBuilder("VALUES (-1, NULL)");
        for (int id = 0; id < VALUES.size(); id++) {
            rows.append(", (").append(id).append(", '").append(VALUES.get(id)).append("')");
        }
        database.execute("CREATE VIEW documents AS SELECT id, CAST(value AS JSONB) AS value FROM (" + rows
                + ") AS rows (id, value)");
        session.sql("SELECT id, value FROM " + rows.toString().replace("\\", "\\\\") + " AS rows (id, value)")
                .createOrReplaceTempView("documents");
        return session;
    }

    private static void assertSameRows(String query, TestDatabase database, SparkSession session) {
        assertThat(TestSpark.rows(session.sql(Dialect.toSpark(query)))).isEqualTo(database.rows(query));
    }
}
