package dev.jangbu.mart.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the migrations are those the mart folders describe, word for word. */
@ExtendWith(PostgresExtension.class)
class MartSchemaTest {
    static List<Mart> marts() {
        return MartCatalog.packaged().all();
    }

    @ParameterizedTest
    @MethodSource("marts")
    void theTableIsTheOneDescribed(Mart mart, TestDatabase database) {
        String table = "'" + mart.metadata().target() + "'::regclass";

        assertThat(database.value("SELECT obj_description(" + table + ")"))
                .isEqualTo(mart.metadata().description());
        assertThat(database.rows("SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull,"
                        + " col_description(attrelid, attnum) FROM pg_attribute"
                        + " WHERE attrelid = " + table + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"))
                .isEqualTo(mart.columns().stream().map(MartSchemaTest::row).toList());
        assertThat(database.rows("SELECT attname FROM pg_index"
                        + " CROSS JOIN LATERAL unnest(indkey::SMALLINT[]) WITH ORDINALITY AS part (attnum, nth)"
                        + " JOIN pg_attribute ON attrelid = indrelid AND pg_attribute.attnum = part.attnum"
                        + " WHERE indrelid = " + table + " AND indisprimary ORDER BY nth"))
                .isEqualTo(mart.metadata().key());
    }

    @ParameterizedTest
    @MethodSource("marts")
    void theMartOwnsUpToItsGrainAndIsChecked(Mart mart) throws Exception {
        assertThat(mart.metadata().description().toLowerCase(java.util.Locale.ROOT))
                .startsWith(mart.metadata().grain());
        assertThat(mart.metadata().limits()).isNotEmpty();
        assertThat(mart.checks())
                .anyMatch(
                        check -> check.kind() == Check.Kind.FAIL && check.name().equals("reconciles_with_raw"));
        try (Stream<Path> cases = Files.list(Path.of("..", "sql", "marts", mart.name(), "tests"))) {
            assertThat(cases).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void everyViewOfTheSchemaIsTheOneDescribed(TestDatabase database) {
        List<View> views = ViewCatalog.packaged();
        assertThat(database.rows("SELECT 'mart.' || relname FROM pg_class WHERE relnamespace = 'mart'::regnamespace"
                        + " AND relkind IN ('v', 'm') ORDER BY 1"))
                .isEqualTo(views.stream().map(View::target).toList());
        for (View view : views) {
            String name = "'" + view.target() + "'::regclass";
            assertThat(view.description().toLowerCase(java.util.Locale.ROOT)).startsWith(view.grain());
            assertThat(database.value("SELECT obj_description(" + name + ")")).isEqualTo(view.description());
            assertThat(database.rows("SELECT attname, format_type(atttypid, atttypmod),"
                            + " col_description(attrelid, attnum) FROM pg_attribute"
                            + " WHERE attrelid = " + name + " AND attnum > 0 ORDER BY attnum"))
                    .isEqualTo(view.columns().stream()
                            .map(column -> column.name() + "|" + column.type() + "|" + column.description())
                            .toList());
        }
    }

    @Test
    void everyTableOfTheSchemaIsAMart(TestDatabase database) {
        assertThat(database.rows("SELECT 'mart.' || relname FROM pg_class WHERE relnamespace = 'mart'::regnamespace"
                        + " AND relkind IN ('r', 'p') ORDER BY 1"))
                .isEqualTo(marts().stream()
                        .map(mart -> mart.metadata().target())
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("marts")
    void analystsReadMartsAndTheJobWritesThemAndTheSearchReadsItsOwn(Mart mart, TestDatabase database) {
        assertThat(database.rows("SELECT grantee, string_agg(privilege_type, ',' ORDER BY privilege_type)"
                        + " FROM information_schema.role_table_grants WHERE grantee LIKE 'jangbu%'"
                        + " AND table_schema || '.' || table_name = '"
                        + mart.metadata().target() + "' GROUP BY 1 ORDER BY 1"))
                .isEqualTo(
                        mart.metadata().reads("card-sales")
                                ? List.of(
                                        "jangbu_analyst|SELECT",
                                        "jangbu_mart|DELETE,INSERT,SELECT",
                                        "jangbu_search|SELECT")
                                : List.of("jangbu_analyst|SELECT", "jangbu_mart|DELETE,INSERT,SELECT"));
    }

    @Test
    void analystsSeeNothingElse(TestDatabase database) {
        assertThat(database.rows("SELECT table_schema || '.' || table_name FROM information_schema.role_table_grants"
                        + " WHERE grantee = 'jangbu_analyst' AND table_schema <> 'mart' ORDER BY 1"))
                .containsExactly("ops.channel", "ops.v_quality_checks", "ops.v_runs");
        for (String table : List.of(
                "raw.raw_events", "ops.pipeline_run_log", "ops.job_runs", "ops.load_log", "ops.quality_check_log")) {
            assertThatThrownBy(() -> database.execute("SET ROLE jangbu_analyst; SELECT 1 FROM " + table))
                    .rootCause()
                    .hasMessageStartingWith("ERROR: permission denied for ")
                    .hasMessageContaining(table.startsWith("raw") ? "schema raw" : table.substring(4));
        }
        database.execute("SET ROLE jangbu_analyst; SELECT 1 FROM mart_orders; SELECT 1 FROM v_runs, v_quality_checks");
    }

    @Test
    void analystsSeeHowFreshADayIsAndNotTheLedgerBehindIt(TestDatabase database) {
        database.execute("SET ROLE jangbu_analyst; SELECT 1 FROM v_freshness");
        for (String table : List.of("v_books", "v_book_facts", "checked_file", "mart_log", "mart")) {
            assertThatThrownBy(() -> database.execute("SET ROLE jangbu_analyst; SELECT 1 FROM ops." + table))
                    .rootCause()
                    .hasMessageEndingWith(
                            "permission denied for " + (table.startsWith("v_") ? "view " : "table ") + table);
        }
        for (String change : List.of(
                "UPDATE mart.v_freshness SET is_final = TRUE", "INSERT INTO mart.v_freshness (mart) VALUES ('mine')")) {
            assertThatThrownBy(() -> database.execute("SET ROLE jangbu_analyst; " + change))
                    .rootCause()
                    .hasMessageStartingWith("ERROR: ");
        }
    }

    @Test
    void theMartJobWritesItsBuildsAndNothingElseOfTheBooks(TestDatabase database) {
        database.execute("SET ROLE jangbu_mart; SELECT 1 FROM ops.v_books, ops.mart_log, ops.load_log, ops.mart");
        for (String change : List.of(
                "INSERT INTO ops.checked_file DEFAULT VALUES",
                "INSERT INTO ops.load_log DEFAULT VALUES",
                "UPDATE ops.mart_log SET row_count = 0",
                "DELETE FROM ops.mart_log",
                "INSERT INTO ops.mart VALUES ('mine', 'events')")) {
            assertThatThrownBy(() -> database.execute("SET ROLE jangbu_mart; " + change))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theBooksAskForThePackagedMarts(TestDatabase database) {
        assertThat(database.rows("SELECT mart, dataset FROM ops.mart ORDER BY mart"))
                .isEqualTo(marts().stream()
                        .map(mart ->
                                mart.name() + "|" + mart.metadata().source().dataset())
                        .sorted()
                        .toList());
    }

    @Test
    void anAnalystsSessionIsLimited(TestDatabase database) {
        assertThat(database.rows("SELECT DISTINCT unnest(setconfig) FROM pg_db_role_setting"
                        + " JOIN pg_roles ON pg_roles.oid = setrole WHERE rolname = 'jangbu_analyst' ORDER BY 1"))
                .containsExactly("default_transaction_read_only=on", "statement_timeout=60s");
    }

    @Test
    void theRunViewShowsTheLatestRunOfEachIdentity(TestDatabase database) {
        database.execute("""
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, exit_code, facts, seconds,
                     version, started_at)
                VALUES
                    ('r1', 'mart-job', 'events', 'mart_orders', '2026-01-15', '1', 1, 'failed', 1, NULL, 1.5, '1',
                     '2026-01-16 01:00:00+00'),
                    ('r2', 'mart-job', 'events', 'mart_orders', '2026-01-15', '2', 2, 'done', 0, '{"rows": 7}', 2.5, '1',
                     '2026-01-16 02:00:00+00'),
                    ('r3', 'load-job', 'events', 'all', '2026-01-15', '1', 1, 'done', 0, '{"rows": "many"}', 3, '1',
                     '2026-01-16 00:00:00+00')""");

        assertThat(database.rows("SELECT job, slice, status, row_count, seconds FROM ops.v_runs ORDER BY 1"))
                .containsExactly("load-job|all|done|NULL|3.000", "mart-job|mart_orders|done|7|2.500");
    }

    @Test
    void theQualityViewMarksTheRunThatCounts(TestDatabase database) {
        database.execute("""
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                     severity, status, day_status, version, checked_at)
                SELECT
                    'r' || nth, 'events', 'all', '2026-01-15', 'required_fields', 'null_check', 10, 2 - nth, 1, 0.99,
                    'fail', 'passed', 'passed', '1', TIMESTAMPTZ '2026-01-16 00:00:00+00' + nth * INTERVAL '1 h'
                FROM generate_series(1, 2) AS nth""");

        assertThat(database.rows("SELECT run_id, check_name, failed, is_latest FROM ops.v_quality_checks ORDER BY 1"))
                .containsExactly("r1|required_fields|1|f", "r2|required_fields|0|t");
    }

    private static String row(Column column) {
        return column.name() + "|" + column.type() + "|" + (column.nullable() ? "t" : "f") + "|" + column.description();
    }
}
