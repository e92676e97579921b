package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.time.BusinessCalendar;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar lake tidy events}: removes files below the table that no state of it names, rows and metadata alike.
 * Not while a day is put, and none that is young.
 */
@Command(
        name = "tidy",
        description = "Removes files of lake.events that no state names: what killed runs left.",
        sortOptions = false)
final class LakeTidyCommand implements Callable<ExitCode> {
    private static final String SLICE = "lake-tidy";
    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,4})([hd])");

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private @Nullable String dataset;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "24h",
            description = "Only what was written longer ago, such as 24h or 3d (default: ${DEFAULT-VALUE}).")
    private String olderThan = "24h";

    @Mixin
    private RunOptions options = new RunOptions();

    LakeTidyCommand() {
        this(System.getenv(), Clock.systemUTC(), System.out);
    }

    LakeTidyCommand(Map<String, String> environment, Clock clock, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.out = out;
    }

    /** How old a file is at least. */
    record Age(Duration least) {
        static Age parse(String text) {
            Matcher age = AGE.matcher(text);
            if (!age.matches()) {
                throw new JobFailure(ExitCode.USAGE, "--older-than: " + text + " (expected: an age such as 24h or 3d)");
            }
            long number = Long.parseLong(age.group(1));
            return new Age(age.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number));
        }
    }

    @Override
    public ExitCode call() throws IOException {
        String events = LakeCommand.requireEvents(dataset);
        Age age = Age.parse(olderThan);
        LakeSettings lake = LakeSettings.from(environment, options.workspace());
        if (options.isDryRun()) {
            LakeDatabase.require(environment, options);
            List<Path> left = left(lake, age);
            out.println("would remove " + left.size() + " files of " + EventsTable.IN_SQL + " that no state names");
            left.forEach(file -> out.println("  " + file));
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose())
                .run(
                        options.request(
                                LakeCommand.JOB,
                                events,
                                SLICE,
                                BusinessCalendar.from(environment).today(clock)),
                        LakeTidyConfiguration.class,
                        lake,
                        age);
    }

    private List<Path> left(LakeSettings lake, Age age) throws IOException {
        try (LakeCatalog catalog = lake.readOnly().open()) {
            return EventsTable.find(catalog)
                    .map(table -> new LakeTidying(table, lake)
                            .unnamed()
                            .writtenBefore(clock.instant().minus(age.least())))
                    .orElse(List.of());
        }
    }
}
