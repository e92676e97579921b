package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.spark.mart.JobDays;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.EventsConfiguration;
import dev.jangbu.transform.TransformOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same tables from the raw lines as from the clean files transform-job makes of them. */
@ExtendWith(PostgresExtension.class)
class LandingAggregationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    @TempDir
    Path root;

    private JobDays days;
    private AggregateRun run;

    @BeforeEach
    void prepare(TestDatabase database) {
        days = new JobDays(database, root);
        run = new AggregateRun(database, root);
    }

    @Test
    void onlyTheLinesThatPassCountAndNoFileIsWrittenOfThem() {
        days.land(DAY, 300, 0.03, List.of("{\"event_id\":", "\\."));
        TransformOptions lenient = new TransformOptions(days.lenientContract(), false);

        assertThat(run.of(DAY, "landing", "", lenient)).isEqualTo(ExitCode.DONE);
        List<List<String>> ofLines = tables();
        long lines = run.summary().get("lines").longValue();
        long rows = run.summary().get("rows").longValue();
        long rejected = run.summary().get("rejected").longValue();
        assertThat(root.resolve("clean")).doesNotExist();
        assertThat(root.resolve("rejects")).doesNotExist();

        JobDays.Ended checked = days.run("transform-job", RunRequest.WHOLE, DAY, EventsConfiguration.class, lenient);
        assertThat(checked.code()).isEqualTo(ExitCode.DONE);
        assertThat(lines).isEqualTo(checked.summary().get("lines").longValue());
        assertThat(rows).isEqualTo(checked.summary().get("rows").longValue());
        assertThat(rejected)
                .isEqualTo(checked.summary().get("rejected").longValue())
                .isPositive();
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(ofLines).isEqualTo(tables());
    }

    @Test
    void aDayThatDoesNotPassHasNoTables() {
        days.land(DAY, 60, 0, List.of("{", "{", "{", "{", "{", "{", "{", "{", "{", "{", "{", "{"));
        assertThat(run.of(DAY, "landing")).isEqualTo(ExitCode.QUALITY_FAILED);
        JobDays.Ended checked = days.run(
                "transform-job", RunRequest.WHOLE, DAY, EventsConfiguration.class, new TransformOptions("", false));
        String reason = checked.message().replaceFirst("; see /.*", "");
        assertThat(reason).startsWith("the day did not pass its checks: required_fields: ");
        assertThat(run.summary().get("message").stringValue())
                .isEqualTo(reason + "; `validate events --ds 2026-01-15` writes what was refused, and why");
        assertThat(Files.exists(run.folder(DAY).manifestFile())).isFalse();
    }

    @Test
    void anEmptyDayHasTablesOnlyWhereItMayBeEmpty() {
        days.land(DAY, 0, 0, List.of());
        assertThat(run.of(DAY, "landing")).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(run.of(DAY, "landing", "", new TransformOptions("", true))).isEqualTo(ExitCode.DONE);
        assertThat(run.rows("hourly_traffic", DAY)).isEmpty();
    }

    @Test
    void aDayThatWasNotLandedIsRefused() {
        assertThat(run.of(DAY, "landing")).isEqualTo(ExitCode.FAILED);
        assertThat(run.summary().get("message").stringValue())
                .isEqualTo(
                        "no landing for events 2026-01-15 in " + root.resolve("landing/events/2026-01-15")
                                + "; run extract-job first: java -jar extract-job/target/extract-job.jar events --ds 2026-01-15");
    }

    private List<List<String>> tables() {
        return DayAggregation.NAMES.stream()
                .map(table -> run.csv(table, DAY).stream().sorted().toList())
                .toList();
    }
}
