package dev.jangbu.load.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database itself refuses to write into the books, whoever asks and whatever the jobs believe. */
@ExtendWith(PostgresExtension.class)
class BooksTest {
    private static final String CHECKED = """
            INSERT INTO ops.checked_file
                (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256, lines,
                 clean, rejected, rejected_by_reason, sha256)
            VALUES ('check', 'part', 'events', 'all', '2026-01-15', 1, 'landing', 'part', 'b', %s, %s, %s, '%s', 'a')""";

    private static final String LOADED = """
            INSERT INTO ops.load_log
                (run_id, file, dataset, slice, business_date, token, lines_read, clean, rejected, rejected_by_reason, sent,
                 copied, in_table, sha256, checked_by)
            VALUES ('load', '%s', 'events', 'all', '%s', 1, %s, %s, %s, '%s', %s, %s, %s, '%s', %s)""";

    @Test
    void aLoadOfWhatWasCheckedIsWritten(TestDatabase database) {
        database.execute(CHECKED.formatted(5, 3, 2, "{\"value_range\": 2}"));

        database.execute(
                LOADED.formatted("part", "2026-01-15", 5, 3, 2, "{\"value_range\": 2}", 3, 3, 3, "a", "'check'"));

        assertThat(database.rows("SELECT checked_by, in_table FROM ops.load_log"))
                .containsExactly("check|3");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "part, 2026-01-15, 5, 3, 2, {}, 3, 3, 3, a, 'check', reasons_add_up_to_rejected",
                "part, 2026-01-15, 5, 3, 1, {}, 3, 3, 3, a, 'check', lines_are_clean_or_rejected",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 4, 4, 4, a, 'check', clean_is_sent_copied_and_there",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 2, 3, a, 'check', clean_is_sent_copied_and_there",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 2, a, 'check', clean_is_sent_copied_and_there",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 3, a, NULL, came_from_a_check",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 3, a, 'another', is_what_was_checked",
                "part, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 3, z, 'check', is_what_was_checked",
                "other, 2026-01-15, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 3, a, 'check', is_what_was_checked",
                "part, 2026-01-16, 5, 3, 2, \"{\"\"v\"\": 2}\", 3, 3, 3, a, 'check', is_what_was_checked",
                "part, 2026-01-15, 6, 4, 2, \"{\"\"v\"\": 2}\", 4, 4, 4, a, 'check', is_what_was_checked",
            })
    void aLoadOfAnythingElseIsRefused(
            String file,
            String day,
            String lines,
            String clean,
            String rejected,
            String reasons,
            String sent,
            String copied,
            String inTable,
            String sha256,
            String checkedBy,
            String constraint,
            TestDatabase database) {
        database.execute(CHECKED.formatted(5, 3, 2, "{\"v\": 2}"));

        assertThatThrownBy(() -> database.execute(LOADED.formatted(
                        file, day, lines, clean, rejected, reasons, sent, copied, inTable, sha256, checkedBy)))
                .rootCause()
                .hasMessageContaining("constraint \"" + constraint + "\"");
        assertThat(database.rows("SELECT 1 FROM ops.load_log")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "5, 3, 1, \"{\"\"v\"\": 1}\", lines_are_clean_or_rejected",
                "5, 3, 2, \"{\"\"v\"\": 1}\", reasons_add_up_to_rejected",
                "-1, -1, 0, {}, counts_are_not_negative",
            })
    void aCheckThatDoesNotAddUpIsRefused(
            String lines, String clean, String rejected, String reasons, String constraint, TestDatabase database) {
        assertThatThrownBy(() -> database.execute(CHECKED.formatted(lines, clean, rejected, reasons)))
                .rootCause()
                .hasMessageContaining("constraint \"" + constraint + "\"");
    }

    @Test
    void aCheckThatWasLoadedStaysAsItIs(TestDatabase database) {
        database.execute(CHECKED.formatted(3, 3, 0, "{}"));
        database.execute(LOADED.formatted("part", "2026-01-15", 3, 3, 0, "{}", 3, 3, 3, "a", "'check'"));

        for (String change :
                new String[] {"UPDATE ops.checked_file SET sha256 = 'z'", "DELETE FROM ops.checked_file"}) {
            assertThatThrownBy(() -> database.execute(change))
                    .rootCause()
                    .hasMessageContaining("constraint \"is_what_was_checked\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "load, part, 2026-01-15, ",
        "lost, part, 2026-01-15, built_from_a_load",
        "load, part, 2026-01-16, built_from_a_load"
    })
    void aMartIsBuiltFromALoadThatCommitted(
            String load, String file, String day, String constraint, TestDatabase database) {
        database.execute(CHECKED.formatted(3, 3, 0, "{}"));
        database.execute(LOADED.formatted("part", "2026-01-15", 3, 3, 0, "{}", 3, 3, 3, "a", "'check'"));
        String build = """
                INSERT INTO ops.mart_log
                    (run_id, mart, dataset, business_date, token, load_run_id, load_file, source_rows, row_count)
                VALUES ('build', 'mart_orders', 'events', '%s', 1, '%s', '%s', 3, 1)""".formatted(day, load, file);

        if (constraint == null) {
            database.execute(build);
            return;
        }
        assertThatThrownBy(() -> database.execute(build))
                .rootCause()
                .hasMessageContaining("constraint \"" + constraint + "\"");
    }
}
