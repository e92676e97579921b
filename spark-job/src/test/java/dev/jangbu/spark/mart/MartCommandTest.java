package dev.jangbu.spark.mart;

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

class MartCommandTest {
    @TempDir
    Path workspace;

    @Test
    void aDryRunChangesNothing() {
        assertThat(command("events", "--mart", "all", "--ds", "2026-01-15", "--dry-run")
                        .call())
                .isEqualTo(ExitCode.DONE);
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void wrongArgumentsAreRefusedBeforeSparkStarts() {
        assertThatThrownBy(() ->
                        command("orders", "--mart", "all", "--ds", "2026-01-15").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("dataset: orders (expected: events)");
        String marts = "mart_funnel_daily, mart_orders, mart_product_daily, mart_user_daily, or all)";
        assertThatThrownBy(() -> command("events", "--ds", "2026-01-15").call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("--mart: none (expected: " + marts);
        assertThatThrownBy(() -> command("events", "--mart", "mart_sales_daily", "--ds", "2026-01-15")
                        .call())
                .isInstanceOf(JobFailure.class)
                .hasMessage("--mart: mart_sales_daily (expected: " + marts);
    }

    private MartCommand command(String... arguments) {
        MartCommand command = new MartCommand(Map.of());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", workspace.toString()));
        new CommandLine(command).parseArgs(all.toArray(String[]::new));
        return command;
    }
}
