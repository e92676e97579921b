package dev.jangbu.spark.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.spark.mart.JobDays;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.EventsConfiguration;
import dev.jangbu.transform.TransformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A day through transform-job and through Spark in its place: verdict, report, books and files are the same. */
@ExtendWith(PostgresExtension.class)
class CheckParityTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    @TempDir
    private Path root;

    private JobDays days;

    /** All that a run left of a day, but for names of runs and times. */
    record Left(
            ExitCode code,
            String message,
            ObjectNode report,
            List<String> clean,
            List<String> rejects,
            List<String> qualityLog,
            List<String> checkedFiles) {}

    @BeforeEach
    void prepare(TestDatabase database) {
        days = new JobDays(database, root);
    }

    @Test
    void aDayWithFaultsOfAllKindsFailsAlike() throws IOException {
        days.land(DAY, 400, 0.03, List.of("{\"event_id\":", "\\."));
        Left left = assertAlike("", false);
        assertThat(left.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(left.clean()).isEmpty();
        assertThat(left.qualityLog()).hasSize(7).allMatch(check -> !check.contains("|0|1.000000|"));
    }

    @Test
    void aDayWithFaultsThatMayPassPassesAlike() throws IOException {
        days.land(DAY, 400, 0.03, List.of());
        Left left = assertAlike(days.lenientContract(), false);
        assertThat(left.code()).isEqualTo(ExitCode.DONE);
        assertThat(left.rejects()).isNotEmpty();
    }

    @Test
    void anEmptyDayFailsAlikeUnlessItMayBeEmpty() throws IOException {
        days.land(DAY, 0, 0, List.of());
        assertThat(assertAlike("", false).code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(assertAlike("", true).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aDayWithoutLandingIsRefusedAlike() {
        JobDays.Ended expected = run(EventsConfiguration.class, new TransformOptions("", false));
        JobDays.Ended ended = run(CheckConfiguration.class, new TransformOptions("", false), TestSpark.start());
        assertThat(ended.code()).isEqualTo(ExitCode.FAILED).isEqualTo(expected.code());
        assertThat(ended.message()).isEqualTo(expected.message());
    }

    private Left assertAlike(String contract, boolean allowEmpty) throws IOException {
        TransformOptions options = new TransformOptions(contract, allowEmpty);
        Left expected = left(run(EventsConfiguration.class, options));
        Left left = left(run(CheckConfiguration.class, options, TestSpark.start()));
        assertThat(left).isEqualTo(expected);
        return left;
    }

    private JobDays.Ended run(Class<?> configuration, Object... options) {
        return days.run("transform-job", RunRequest.WHOLE, DAY, configuration, options);
    }

    private Left left(JobDays.Ended ended) throws IOException {
        Path file = days.workspace().qualityReport("events", RunRequest.WHOLE, DAY);
        ObjectNode report = (ObjectNode) Json.mapper().readTree(Files.readString(file));
        report.remove("seconds");
        String run = ended.summary().get("run_id").stringValue();
        return new Left(
                ended.code(),
                ended.message(),
                report,
                ended.code() == ExitCode.DONE
                        ? lines(days.workspace().clean("events", RunRequest.WHOLE, DAY))
                        : List.of(),
                lines(days.workspace().rejects("events", RunRequest.WHOLE, DAY)),
                days.database()
                        .rows("SELECT check_name, check_type, counted, failed, pass_rate, threshold, severity, status,"
                                + " day_status, version FROM ops.quality_check_log WHERE run_id = '" + run
                                + "' ORDER BY check_name"),
                days.database()
                        .rows("SELECT landing_file, landing_sha256, lines, clean, rejected, rejected_by_reason, sha256"
                                + " FROM ops.checked_file WHERE run_id = '" + run + "' ORDER BY file"));
    }

    private static List<String> lines(DayFolder folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Manifest.Entry entry : folder.read("run it").files()) {
            Path file = folder.resolve(entry);
            lines.add(file.getFileName() + " " + entry.rows() + " " + entry.counts());
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
