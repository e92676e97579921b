package dev.jangbu.kit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommandRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<LocalDate> ran = new ArrayList<>();

    @Command(name = "test-job", description = "Does a day.")
    private final class DayCommand implements Callable<ExitCode> {
        @Mixin
        private DayOptions days = new DayOptions();

        @Mixin
        private RunOptions options = new RunOptions();

        @Override
        public ExitCode call() {
            return days.forEachDay(day -> {
                ran.add(day);
                assertThat(options.request("test-job", "events", "all", day).businessDate())
                        .isEqualTo(day);
                return switch (day.getDayOfMonth()) {
                    case 2 -> ExitCode.QUALITY_FAILED;
                    case 4 -> throw new JobFailure(ExitCode.UNAVAILABLE, "away");
                    case 6 -> ExitCode.HELD;
                    case 8 -> throw new IllegalStateException("boom");
                    default -> ExitCode.DONE;
                };
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--ds 2026-01-01, 0",
        "--ds 2026-01-02, 10",
        "--ds 2026-01-04, 11",
        "--ds 2026-01-06, 12",
        "--ds 2026-01-08, 1",
        "--from 2026-01-01 --to 2026-01-03, 10",
        "--help, 0",
        "--version, 0",
    })
    void theEndOfACommandIsItsExitCode(String arguments, int code) {
        assertThat(run(arguments.split(" "))).isEqualTo(code);
    }

    @Test
    void aBadDayDoesNotStopTheNextAndAFailureDoes() {
        assertThat(run("--from", "2026-01-01", "--to", "2026-01-09")).isEqualTo(ExitCode.UNAVAILABLE.code());

        assertThat(ran).extracting(LocalDate::getDayOfMonth).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--ds 2026-02-30; --ds: 2026-02-30 (expected: a date such as 2026-01-15)",
                "--ds today; --ds: today (expected: a date such as 2026-01-15)",
                "--from 2026-01-02 --to 2026-01-01; --to: 2026-01-01 (expected: 2026-01-02 or later, at most 3660 days)",
                "--from 2026-01-02; which day? (expected: --ds 2026-01-15, or --from 2026-01-01 --to 2026-01-31)",
                "--ds 2026-01-01 --attempt ../x; --attempt: ../x (expected: letters, digits, dot, dash or underscore, at most 100)",
            })
    void aWrongArgumentIsOneLineAndTheUsageCode(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString().lines()).containsExactly(message);
    }

    @Test
    void anUnknownOptionPointsToTheHelp() {
        assertThat(run("--dss", "2026-01-01")).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString().lines().toList()).hasSize(2).last().isEqualTo("See `test-job --help`.");
    }

    @Test
    void helpAndVersionAndCompletionNeedNoDay() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Does a day.").contains("--dry-run");
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F _complete_test-job");
    }

    private int run(String... arguments) {
        CommandLine line = CommandRunner.commandLine(new DayCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
