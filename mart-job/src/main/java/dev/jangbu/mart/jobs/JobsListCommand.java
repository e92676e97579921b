package dev.jangbu.mart.jobs;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.mart.definition.MartCatalog;
import dev.jangbu.mart.report.Terminal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar jobs list}: the business dates that were worked on last, one line a date and job. Changes nothing,
 * takes no lock; ends with 0 however the jobs ended.
 */
@Command(name = "list", description = "The business dates worked on last: one line a date and job.")
public final class JobsListCommand implements Callable<ExitCode> {
    private static final int MOST_DAYS = 3_660;

    private final Map<String, String> environment;
    private final Terminal terminal;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "How many business dates, those worked on last (default: ${DEFAULT-VALUE}).")
    private int days = 7;

    @Option(names = "--job", paramLabel = "NAME", description = "Only this job, such as load-job.")
    private @Nullable String job;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only what has a slice in this state: running, done, quality_failed, failed, stopped, lost.")
    private @Nullable String state;

    @Option(names = "--json", description = "One JSON array on one line, for programs.")
    private boolean json;

    public JobsListCommand() {
        this(System.getenv(), Terminal.ofProcess());
    }

    JobsListCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        if (days < 1 || days > MOST_DAYS) {
            throw new JobFailure(ExitCode.USAGE, "--days: " + days + " (expected: 1.." + MOST_DAYS + ")");
        }
        @Nullable RunState wanted = state == null ? null : RunState.of(state);
        if (run.isDryRun()) {
            terminal.out().println("would list the runs of the last " + days + " business dates");
            return ExitCode.DONE;
        }
        JobsDatabase database = new JobsDatabase(environment, run);
        List<JobDay> listed =
                JobDay.of(database.read(reader -> reader.ofLastDates(days)), JobsListCommand::marts).stream()
                        .filter(day -> job == null || day.job().equals(job))
                        .filter(day -> wanted == null || day.has(wanted))
                        .toList();
        print(listed, database.calendar().zone());
        return ExitCode.DONE;
    }

    private void print(List<JobDay> listed, ZoneId zone) {
        if (json) {
            terminal.out().println(new JobsJson(zone).list(listed));
        } else {
            new JobListText(zone, terminal.ink()).lines(listed).forEach(terminal.out()::println);
        }
    }

    private static int marts(String dataset) {
        return Math.toIntExact(MartCatalog.packaged().all().stream()
                .filter(mart -> mart.metadata().source().dataset().equals(dataset))
                .count());
    }
}
