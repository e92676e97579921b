package dev.jangbu.mart.report;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;

/** Runs the report of a day as its command does. */
public final class ReportRuns {
    private ReportRuns() {}

    public static ExitCode run(TestDatabase database, Workspace workspace, LocalDate day) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new JobRunner(database.environment(), Clock.systemUTC(), nowhere, false)
                .run(
                        new RunRequest("mart-job", "events", "report", day, "1", workspace),
                        ReportConfiguration.class,
                        new Terminal(nowhere, false),
                        new ReportOptions(false));
    }
}
