package dev.jangbu.kit.command;

import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The options every job has, as a picocli mixin. */
public final class RunOptions {
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "${env:JANGBU_WORKSPACE:-./data}",
            description = "Where the jobs hand files over (default: ./data, or env JANGBU_WORKSPACE).")
    private Path workspace = Path.of("data");

    @Option(
            names = "--attempt",
            paramLabel = "ID",
            defaultValue = "1",
            description = "The orchestrator's name for this try (default: ${DEFAULT-VALUE}).")
    private String attempt = "1";

    @Option(names = "--dry-run", description = "Say what would be done, change nothing.")
    private boolean dryRun;

    @Option(names = "--verbose", description = "Print stack traces of failures.")
    private boolean verbose;

    public boolean isDryRun() {
        return dryRun;
    }

    public boolean isVerbose() {
        return verbose;
    }

    public Workspace workspace() {
        return new Workspace(workspace);
    }

    public RunRequest request(String job, String dataset, String slice, LocalDate businessDate) {
        return new RunRequest(job, dataset, slice, businessDate, attempt, workspace());
    }
}
