package dev.jangbu.spark.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    @TempDir
    Path workspace;

    @Test
    void aDryRunChangesNothing() {
        assertThat(command("events", "--from", "2026-01-15", "--to", "2026-01-16", "--dry-run")
                        .call())
                .isEqualTo(ExitCode.DONE);
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void wrongArgumentsAreRefusedBeforeSparkStarts() {
        assertThatThrownBy(() -> command("orders", "--ds", "2026-01-15").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("dataset: orders (expected: events)");
        assertThatThrownBy(() -> command("events").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("which day? (expected: --ds 2026-01-15, or --from 2026-01-01 --to 2026-01-31)");
        assertThatThrownBy(() -> command("events", "--ds", "2026-01-15", "--contract", "none")
                        .call())
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--contract: none (expected: one of default, ");
    }

    private ValidateCommand command(String... arguments) {
        ValidateCommand command = new ValidateCommand(Map.of());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", workspace.toString()));
        new CommandLine(command).parseArgs(all.toArray(String[]::new));
        return command;
    }
}
