package dev.jangbu.spark.aggregate;

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

class AggregateCommandTest {
    @TempDir
    Path workspace;

    @Test
    void aDryRunChangesNothing() {
        AggregateCommand command = command("events", "--ds", "2026-01-15", "--dry-run");
        assertThat(command.call()).isEqualTo(ExitCode.DONE);
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void wrongArgumentsAreRefusedBeforeSparkStarts() {
        assertThatThrownBy(() -> command("orders", "--ds", "2026-01-15").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("dataset: orders (expected: events)");
        assertThatThrownBy(() -> command("events", "--from", "2026-01-15").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("which day? (expected: --ds 2026-01-15, or --from 2026-01-01 --to 2026-01-31)");
        assertThatThrownBy(() -> command("events", "--ds", "2026-01-15", "--master", "here")
                        .call())
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--master: here (expected: local[*]");
        assertThatThrownBy(() -> command("events", "--ds", "2026-01-15", "--source", "raw")
                        .call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("--source: raw (expected: clean, landing, lake, or a URL such as s3a://bucket/folder)");
    }

    private AggregateCommand command(String... arguments) {
        AggregateCommand command = new AggregateCommand(Map.of());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", workspace.toString()));
        new CommandLine(command).parseArgs(all.toArray(String[]::new));
        return command;
    }
}
