package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.load.retention.RetentionOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spark-job.jar lake retain events}: what {@code load-job retain} does for tables and files, in the lake. */
@Command(
        name = "retain",
        description = "Removes days and former states of lake.events that are older than retention.yml keeps them.",
        sortOptions = false)
final class LakeRetainCommand implements Callable<ExitCode> {
    private static final String SLICE = "lake-retain";

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private @Nullable String dataset;

    @Mixin
    private RetentionOptions retention = new RetentionOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    LakeRetainCommand() {
        this(System.getenv(), Clock.systemUTC(), System.out);
    }

    LakeRetainCommand(Map<String, String> environment, Clock clock, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.out = out;
    }

    @Override
    public ExitCode call() throws IOException {
        String events = LakeCommand.requireEvents(dataset);
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        LocalDate today = calendar.today(clock);
        LakeRetention.Rules rules = new LakeRetention.Rules(
                retention.policy(), retention.asOf(today, options.isDryRun()), System.getProperty("user.name", ""));
        LakeSettings lake = LakeSettings.from(environment, options.workspace());
        if (options.isDryRun()) {
            LakeDatabase.require(environment, options);
            LakeRetention.plan(lake, rules, calendar.zone(), clock.instant()).forEach(out::println);
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose())
                .run(
                        options.request(LakeCommand.JOB, events, SLICE, today),
                        LakeRetainConfiguration.class,
                        lake,
                        rules);
    }
}
