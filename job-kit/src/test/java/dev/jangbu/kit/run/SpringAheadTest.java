package dev.jangbu.kit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.Job;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(PostgresExtension.class)
class SpringAheadTest {
    private static final Told FIRST = new Told("first");
    private static final Told SECOND = new Told("second");

    @TempDir
    private Path workspace = Path.of("");

    /** What the run of this option tells. */
    record Told(String word) {}

    @Configuration(proxyBeanMethods = false)
    static class Telling {
        @Bean
        Job job(Steps steps, RunContext context, Told told) {
            return steps.job(steps.step("tell", () -> context.summary().fact("told", told.word())));
        }
    }

    @Test
    void eachRunHasTheContextOfItsOwnOption(TestDatabase database) {
        JobRunner runner = new JobRunner(
                database.environment(),
                Clock.systemUTC(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false);

        try (SpringAhead ahead = SpringAhead.begin(Telling.class, List.of(FIRST, SECOND))) {
            assertThat(runner.run(request("b"), ahead, SECOND)).isEqualTo(ExitCode.DONE);
            assertThat(runner.run(request("a"), ahead, FIRST)).isEqualTo(ExitCode.DONE);
        }

        assertThat(database.rows("SELECT slice, status, facts FROM ops.pipeline_run_log ORDER BY slice"))
                .containsExactly("a|done|{\"told\": \"first\"}", "b|done|{\"told\": \"second\"}");
    }

    @Test
    void contextsThatNoRunTookEndWithAllOfThem() {
        SpringAhead ahead = SpringAhead.begin(Telling.class, List.of(FIRST));
        ConfigurableApplicationContext context = ahead.of(FIRST).context();
        assertThat(context.isActive()).isTrue();

        ahead.close();

        assertThat(context.isActive()).isFalse();
    }

    @Test
    void whatHasNotBegunNeverDoes() {
        SpringStart late = SpringStart.begin(work -> {}, Telling.class, List.of(FIRST));

        late.close();

        assertThatThrownBy(late::context).isInstanceOf(CancellationException.class);
    }

    @Test
    void aRunOfAnotherOptionIsRefused() {
        try (SpringAhead ahead = SpringAhead.begin(Telling.class, List.of(FIRST))) {
            assertThatThrownBy(() -> ahead.of(SECOND)).hasMessage("option: none of those whose contexts were begun");
        }
    }

    private RunRequest request(String slice) {
        return new RunRequest("test-job", "events", slice, LocalDate.of(2026, 1, 15), "1", new Workspace(workspace));
    }
}
