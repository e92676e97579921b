package dev.jangbu.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runbook's table of exit codes is the enum's: whoever is called at night finds every code that can end a job. */
class RunbookTest {
    private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| `([a-z_]+)` \\|.*");

    @Test
    void theRunbookNamesEachExitCodeWithItsStatus() throws IOException {
        List<String> rows = Files.readAllLines(RUNBOOK).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> code.code() + " " + code.status())
                        .toList());
    }
}
