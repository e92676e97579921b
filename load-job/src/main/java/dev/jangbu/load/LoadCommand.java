package dev.jangbu.load;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.load.day.DayLoadConfiguration;
import dev.jangbu.load.erase.EraseCommand;
import dev.jangbu.load.migrate.MigrateCommand;
import dev.jangbu.load.retention.RetainCommand;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code load-job.jar events --ds D}: the day's clean files into {@code raw.raw_events}. */
@Command(
        name = "load-job",
        description = "Load a day's clean files into its raw table, replacing the day in one transaction.",
        subcommands = {MigrateCommand.class, EraseCommand.class, RetainCommand.class})
public final class LoadCommand implements Callable<ExitCode> {
    private static final String JOB = "load-job";
    private static final Set<String> DATASETS = Set.of("events");

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "What to load: events.")
    private @Nullable String dataset;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new LoadCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        if (dataset == null || !DATASETS.contains(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + (dataset == null ? "none given" : dataset)
                            + " (expected: events, or a command: migrate, erase, retain)");
        }
        String known = dataset;
        return days.forEachDay(day -> load(known, day));
    }

    private ExitCode load(String known, LocalDate day) {
        RunRequest request = options.request(JOB, known, RunRequest.WHOLE, day);
        if (options.isDryRun()) {
            System.out.println("would replace " + day + " of " + known + " by the files named in "
                    + options.workspace().clean(known, RunRequest.WHOLE, day).manifestFile());
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, DayLoadConfiguration.class);
    }
}
