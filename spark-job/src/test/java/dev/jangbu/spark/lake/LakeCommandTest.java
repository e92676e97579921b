package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the lake's commands refuse, plan and tell. */
@ExtendWith(PostgresExtension.class)
class LakeCommandTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    @TempDir
    Path workspace;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events|go back where? (expected: --to-snapshot 123, or --ds 2026-01-15 --as-of 2026-01-16T09:00)",
                "events --to-snapshot 1 --ds 2026-01-15|go back where? (expected: --to-snapshot 123, or --ds 2026-01-15"
                        + " --as-of 2026-01-16T09:00)",
                "orders --to-snapshot 1|dataset: orders (expected: events)",
                "--to-snapshot 1|dataset: none given (expected: events)"
            })
    void aWayBackThatIsNotClearIsRefused(String arguments, String message, TestDatabase database) {
        LakeRollbackCommand command = new LakeRollbackCommand(database.environment(), Clock.systemUTC());
        assertThat(refusal(command, arguments.split(" "))).isEqualTo(message);
    }

    @Test
    void aDryRunChangesNothing(TestDatabase database) throws Exception {
        String[] put = {"events", "--ds", "2026-01-15", "--dry-run", "--workspace", workspace.toString()};
        assertThat(call(new LakePutCommand(database.environment()), put)).isEqualTo(ExitCode.DONE);
        String[] back = {"events", "--to-snapshot", "1", "--dry-run", "--workspace", workspace.toString()};
        assertThat(call(new LakeRollbackCommand(database.environment(), Clock.systemUTC()), back))
                .isEqualTo(ExitCode.DONE);
        String[] day = {"events", "--ds", "2026-01-15", "--as-of", "2026-01-16T09:00", "--dry-run"};
        assertThat(call(new LakeRollbackCommand(database.environment(), Clock.systemUTC()), day))
                .isEqualTo(ExitCode.DONE);
        assertThat(call(new SqlCommand(database.environment()), "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT 1 FROM lake.iceberg_tables")).isEmpty();
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void aHistoryIsToldNewestFirstAndByDay(TestDatabase database) throws Exception {
        LakeRun lake = new LakeRun(database, workspace);
        String[] all = {"events", "--json", "--workspace", workspace.toString()};
        assertThat(call(new LakeHistoryCommand(database.environment(), out), all))
                .isEqualTo(ExitCode.DONE);
        assertThat(said()).isEqualTo("[]\n");
        for (LocalDate day : List.of(DAY, DAY.plusDays(1))) {
            new CleanDay(workspace, day)
                    .file(Event.of("click U1 S1 " + day + "T10:00:00 web"))
                    .publish();
            lake.put(day);
        }
        call(new LakeHistoryCommand(database.environment(), out), "events", "--workspace", workspace.toString());
        assertThat(said().lines()
                        .skip(1)
                        .map(line -> line.replaceAll(".* put +([-0-9]+) +(\\d+) .* (\\w+)$", "$1 $2 $3")))
                .containsExactly("2026-01-16 1 current", "2026-01-15 1 past");
        call(
                new LakeHistoryCommand(database.environment(), out),
                "events",
                "--ds",
                "2026-01-15",
                "--workspace",
                workspace.toString());
        assertThat(said().lines()).hasSize(2).last().asString().endsWith("past");
        assertThat(refusal(new LakeHistoryCommand(database.environment(), out), "events", "--last", "0"))
                .isEqualTo("--last: 0 (expected: 1 or more)");
    }

    @Test
    void linesAreAnsweredUntilOneFails(TestDatabase database) throws Exception {
        SqlAnswers answers = new SqlAnswers(
                new LakeRun(database, workspace).lake().readOnly().session(TestSpark.session()), true, 10, out);
        assertThat(answers.lines(input("SELECT 1 AS one;\nSELECT\n2 AS two; -- done\n")))
                .isEqualTo(ExitCode.DONE);
        assertThat(said()).contains("|one|", "|1  |", "|two|", "|2  |");
        assertThat(answers.lines(input("SELECT nothing; SELECT 3;"))).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("nothing").doesNotContain("|3  |");
        assertThat(answers.all(List.of("/* sly */ DROP TABLE lake.events"))).isEqualTo(ExitCode.FAILED);
        assertThat(said())
                .isEqualTo("refused: this prompt only reads (expected: sql --write for what changes the lake)\n");
        assertThat(answers.all(List.of("(SELECT 4 AS four)"))).isEqualTo(ExitCode.DONE);
    }

    private static ByteArrayInputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What was said since it was asked last. */
    private String said() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private static ExitCode call(Callable<ExitCode> command, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private static String refusal(Callable<ExitCode> command, String... arguments) {
        try {
            call(command, arguments);
            return "not refused";
        } catch (JobFailure refused) {
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            return String.valueOf(refused.getMessage());
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }
}
