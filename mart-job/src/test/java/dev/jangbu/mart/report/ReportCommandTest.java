package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.command.CommandRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aDryRunWritesNothing() {
        assertThat(run("--ds", "2026-01-15", "--dry-run")).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aReportNeedsADay() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--ds", "2026-02-30")).isEqualTo(2);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--workspace";
        all[1] = folder.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRunner.run(new ReportCommand(), all);
    }
}
