package dev.jangbu.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.simulator.SimulatorSource;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class ExtractionTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aRunPublishesTheDay(TestDatabase database) {
        assertThat(run(database, new SimulatorSource(100, 7, 0))).isEqualTo(ExitCode.DONE);

        Manifest manifest = landing().read("no remedy");
        assertThat(manifest.source()).isEqualTo("simulator");
        assertThat(manifest.profile()).isEqualTo("default");
        assertThat(manifest.windowFrom()).hasToString("2026-01-14T15:00:00Z");
        assertThat(manifest.windowTo()).hasToString("2026-01-15T15:00:00Z");
        assertThat(manifest.files()).hasSize(1);
        assertThat(manifest.rows())
                .isPositive()
                .isEqualTo(manifest.files().get(0).rows());
        assertThat(lastLine())
                .contains("\"status\":\"done\"", "\"rows\":" + manifest.rows(), "\"source\":\"simulator\"");
        assertThat(database.rows("SELECT job, status, facts ->> 'rows' FROM ops.pipeline_run_log"))
                .containsExactly("extract-job|done|" + manifest.rows());
    }

    @Test
    void theSameDayAgainIsTheSameContent(TestDatabase database) {
        run(database, new SimulatorSource(100, 7, 0));
        Manifest first = landing().read("no remedy");
        run(database, new SimulatorSource(100, 7, 0));
        Manifest second = landing().read("no remedy");

        assertThat(second.runId()).isNotEqualTo(first.runId());
        assertThat(second.files().get(0).sha256())
                .isEqualTo(first.files().get(0).sha256());
    }

    @Test
    void anEmptySourceIsARealEmptyDay(TestDatabase database) {
        assertThat(run(database, new Failing(0, null))).isEqualTo(ExitCode.DONE);

        Manifest manifest = landing().read("no remedy");
        assertThat(manifest.rows()).isZero();
        assertThat(manifest.files()).isEmpty();
    }

    @Test
    void whatABrokenRunWroteIsNeverVisible(TestDatabase database) {
        JobFailure failure = new JobFailure(ExitCode.UNAVAILABLE, "the source went away");

        assertThat(run(database, new Failing(3, failure))).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(lastLine()).contains("\"status\":\"unavailable\"", "\"message\":\"the source went away\"");
        assertThatThrownBy(() -> landing().read("run it again"))
                .hasMessage("no landing for events 2026-01-15 in " + landing().path() + "; run it again");

        assertThat(run(database, new Failing(3, null))).isEqualTo(ExitCode.DONE);
        assertThat(landing().read("no remedy").rows()).isEqualTo(3);
    }

    @Test
    void aBrokenRunLeavesTheLandingBeforeItAsItWas(TestDatabase database) {
        run(database, new Failing(3, null));
        Manifest before = landing().read("no remedy");

        run(database, new Failing(2, new IllegalStateException("a defect")));

        assertThat(landing().read("no remedy")).isEqualTo(before);
        assertThat(lastLine()).contains("\"exit_code\":1", "a defect");
    }

    private ExitCode run(TestDatabase database, EventSource source) {
        JobRunner runner =
                new JobRunner(database.environment(), Clock.systemUTC(), new PrintStream(out, true, UTF_8), false);
        RunRequest request = new RunRequest("extract-job", "events", RunRequest.WHOLE, DAY, "1", new Workspace(folder));
        return runner.run(request, EventsConfiguration.class, source, LandingFormat.plain(), new LateFiles.Kept());
    }

    private DayFolder landing() {
        return new Workspace(folder).landing("events", RunRequest.WHOLE, DAY);
    }

    private String lastLine() {
        List<String> lines = out.toString(UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** Lands so many lines, then fails. */
    private record Failing(
            int lines, @org.jspecify.annotations.Nullable RuntimeException failure) implements EventSource {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String profile() {
            return "default";
        }

        @Override
        public String plan() {
            return "nothing";
        }

        @Override
        public Map<String, Long> extract(Window window, LandingWriter landing) {
            for (int line = 0; line < lines; line++) {
                landing.line("{}".getBytes(UTF_8));
            }
            if (failure != null) {
                throw failure;
            }
            return Map.of();
        }
    }
}
