package dev.jangbu.mart.jobs;

import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the summary of each run lies: a later run of the same attempt replaces the file of the one before. */
final class SummaryFiles {
    private final Workspace workspace;
    private final Map<String, String> lastRuns = new HashMap<>();

    /** @param runs in the order they began */
    SummaryFiles(Workspace workspace, List<JobRun> runs) {
        this.workspace = workspace;
        runs.forEach(run -> lastRuns.put(key(run), run.runId()));
    }

    /** The run's file; empty where another run's lies in its place, or none in this workspace. */
    Optional<Path> of(JobRun run) {
        Path file = workspace.runSummary(run.job(), run.dataset(), run.slice(), run.businessDate(), run.attempt());
        boolean isOwn = run.runId().equals(lastRuns.get(key(run)));
        return isOwn && Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    private static String key(JobRun run) {
        return run.identity() + "/" + run.attempt();
    }
}
