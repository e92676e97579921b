package dev.jangbu.mart.jobs;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.report.Terminal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar jobs show --ds D}: every run of a business date in the order they began. Changes nothing, takes no
 * lock; ends with 0 however the jobs ended.
 */
@Command(
        name = "show",
        description = "Every run of a business date: state, rows, seconds, exit code, message, summary.")
public final class JobsShowCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final Terminal terminal;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--json", description = "One JSON array on one line a date, for programs.")
    private boolean json;

    public JobsShowCommand() {
        this(System.getenv(), Terminal.ofProcess());
    }

    JobsShowCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        JobsDatabase database = new JobsDatabase(environment, run);
        return days.forEachDay(day -> show(database, day));
    }

    private ExitCode show(JobsDatabase database, LocalDate day) {
        if (run.isDryRun()) {
            terminal.out().println("would show the runs of " + day);
            return ExitCode.DONE;
        }
        List<JobRun> runs = database.read(reader -> reader.of(day));
        ZoneId zone = database.calendar().zone();
        SummaryFiles files = new SummaryFiles(run.workspace(), runs);
        if (json) {
            terminal.out().println(new JobsJson(zone).show(runs, files));
        } else {
            new JobRunsText(zone, terminal.ink(), files).lines(day, runs).forEach(terminal.out()::println);
        }
        return ExitCode.DONE;
    }
}
