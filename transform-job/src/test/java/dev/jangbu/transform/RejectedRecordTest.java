package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What on call finds of the rejects by SQL, and who may look. */
@ExtendWith(PostgresExtension.class)
class RejectedRecordTest {
    private static final String PART = "20260116T000000000Z-00000000/part-00000.jsonl";
    private static final String GOOD = JobFixture.view(1);

    @TempDir
    private Path root;

    private JobFixture fixture;

    @BeforeEach
    void prepare(TestDatabase database) {
        fixture = new JobFixture(database, root);
    }

    @Test
    void everyRejectedLineIsARowAlsoOfADayThatFailed() {
        fixture.land(GOOD, "\\.\ta\\b", "", GOOD, GOOD.replace("web", "tv").replace("\"home\"", "7"));

        assertThat(fixture.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);

        assertThat(fixture.database()
                        .rows("SELECT dataset, slice, business_date, file, line, check_name, raw, raw_base64,"
                                + " raw_bytes, raw_sha256 FROM ops.rejected_record ORDER BY line"))
                .containsExactly(
                        "events|all|2026-01-15|" + PART + "|2|required_fields|\\.\ta\\b|NULL|6|NULL",
                        "events|all|2026-01-15|" + PART + "|4|unique_event_id|" + GOOD + "|NULL|" + GOOD.length()
                                + "|NULL",
                        "events|all|2026-01-15|" + PART + "|5|unique_event_id|"
                                + GOOD.replace("web", "tv").replace("\"home\"", "7") + "|NULL|"
                                + (GOOD.length() - 1 - 5) + "|NULL");
        assertThat(fixture.database()
                        .rows("SELECT check_name, field, line_count, example, example_at FROM ops.v_rejects"
                                + " ORDER BY check_name, field"))
                .containsExactly(
                        "platform_device|platform|1|platform: tv (expected: web, the first of its session)|" + PART
                                + ":5",
                        "required_fields|line|1|line: not JSON at character 1 (expected: one JSON object)|" + PART
                                + ":2",
                        "unique_event_id|event_id|2|event_id: seen before in this day (expected: once; the first one"
                                + " stays)|" + PART + ":4",
                        "value_range|platform|1|platform: tv (expected: web|ios|android); page_type: 7 (expected:"
                                + " text)|" + PART + ":5");
        assertThat(fixture.database()
                        .value("SELECT COUNT(*) FROM ops.pipeline_run_log JOIN ops.rejected_record"
                                + " USING (run_id)"))
                .isEqualTo("3");
    }

    @Test
    void aLineThatTextCannotHoldIsInBase64AndALongOneIsCutWithItsHash() {
        byte[] notUtf8 = "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] withNul = "a\0b\n".getBytes(StandardCharsets.UTF_8);
        byte[] tooLong = ("x".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8);
        fixture.land(Map.of("part-00000.jsonl", JobFixture.joined(notUtf8, withNul, tooLong)), "default");

        fixture.run();

        assertThat(fixture.database()
                        .rows("SELECT line, LENGTH(raw), raw_base64, raw_bytes, LENGTH(raw_sha256)"
                                + " FROM ops.rejected_record ORDER BY line"))
                .containsExactly("1|NULL|Y2Fm6Q==|4|NULL", "2|NULL|YQBi|3|NULL", "3|65536|NULL|100000|64");
    }

    @Test
    void theNextRunOfTheDayReplacesItsRowsAndNoOthers() {
        fixture.land("{", "[");
        fixture.run();
        fixture.database().execute("""
                INSERT INTO ops.rejected_record
                SELECT run_id, dataset, slice, business_date - 1, file, line + 10, check_name, checks, raw, raw_base64,
                       raw_bytes, raw_sha256
                FROM ops.rejected_record""");
        fixture.land(GOOD, "}");
        fixture.run();
        assertThat(fixture.database().rows("SELECT business_date, line, raw FROM ops.rejected_record ORDER BY 1, 2"))
                .containsExactly("2026-01-14|11|{", "2026-01-14|12|[", "2026-01-15|2|}");

        fixture.land(GOOD);

        assertThat(fixture.run().code()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.database().rows("SELECT DISTINCT business_date FROM ops.rejected_record"))
                .containsExactly("2026-01-14");
    }

    @Test
    void aLoginOfTheJobsRoleAloneChecksADay(TestDatabase database) {
        JobFixture asJob = new JobFixture(login(database, "job_login", "jangbu_job"), root);
        asJob.land(GOOD, "{");

        assertThat(asJob.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(asJob.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);

        assertThat(database.rows("SELECT line, raw FROM ops.rejected_record")).containsExactly("2|{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ops.rejected_record",
                "SELECT * FROM ops.v_rejects",
                "SELECT * FROM ops.replay_log",
                "DELETE FROM ops.rejected_record",
            })
    void analystsMayNotLookAtRejects(String sql, TestDatabase database) {
        TestDatabase analyst = login(database, "analyst_login", "jangbu_analyst");

        assertThatThrownBy(() -> analyst.execute(sql)).rootCause().message().contains("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ops.replay_log SET requested_by = 'somebody else'",
                "UPDATE ops.replay_log SET reason_for = ''",
                "DELETE FROM ops.replay_log",
                "UPDATE ops.rejected_record SET raw = ''",
                "TRUNCATE ops.rejected_record",
            })
    void theRecordOfReplaysIsNotRewritten(String sql, TestDatabase database) {
        TestDatabase job = login(database, "job_login", "jangbu_job");

        assertThatThrownBy(() -> job.execute(sql)).rootCause().message().contains("permission denied");
    }

    private static TestDatabase login(TestDatabase database, String name, String role) {
        database.execute("""
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%1$s') THEN
                        CREATE ROLE %1$s LOGIN IN ROLE %2$s;
                    END IF;
                END
                $$""".formatted(name, role));
        return new TestDatabase(database.url(), name);
    }
}
