package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkStart;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar lake rollback events --to-snapshot N}: the whole table as it was; {@code --ds D --as-of TIME}: one
 * day as it was, all others as they are.
 */
@Command(name = "rollback", description = "Makes the table, or one day of it, what it was before.", sortOptions = false)
final class LakeRollbackCommand implements Callable<ExitCode> {
    private static final String WHOLE_TABLE = "lake-rollback";

    private final Map<String, String> environment;
    private final Clock clock;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private @Nullable String dataset;

    @Option(
            names = "--to-snapshot",
            paramLabel = "ID",
            description = "The whole table as in this state of its history; the states after it can be gone to again.")
    private @Nullable Long snapshot;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "With --ds: the day as it was at this time, such as 2026-01-16T09:00 in Seoul.")
    private @Nullable String asOf;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    LakeRollbackCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    LakeRollbackCommand(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public ExitCode call() {
        String events = LakeCommand.requireEvents(dataset);
        LakeSettings lake = LakeSettings.from(environment, options.workspace());
        if (snapshot != null && asOf == null && !days.areGiven()) {
            return wholeTable(events, lake, snapshot);
        }
        if (snapshot == null && asOf != null && days.areGiven()) {
            return ofDays(events, lake, AsOf.parse(asOf, calendar().zone()));
        }
        throw new JobFailure(
                ExitCode.USAGE,
                "go back where? (expected: --to-snapshot 123, or --ds 2026-01-15 --as-of 2026-01-16T09:00)");
    }

    /** A run of the day it is done on: the table has no day. */
    private ExitCode wholeTable(String events, LakeSettings lake, long target) {
        if (options.isDryRun()) {
            return tell("would make " + EventsTable.IN_SQL + " what it was in snapshot " + target);
        }
        LocalDate today = calendar().today(clock);
        return JobRunner.ofProcess(options.isVerbose())
                .run(
                        options.request(LakeCommand.JOB, events, WHOLE_TABLE, today),
                        LakeRollbackConfiguration.class,
                        lake,
                        new TableRollback.Target(target));
    }

    private ExitCode ofDays(String events, LakeSettings lake, AsOf then) {
        if (options.isDryRun()) {
            return tell(
                    "would make " + days.days() + " of " + EventsTable.IN_SQL + " what they were at " + then.instant());
        }
        try (SparkStart start = SparkStart.begin(spark.settings(options.workspace(), environment))) {
            return days.forEachDay(day -> JobRunner.ofProcess(options.isVerbose())
                    .run(
                            options.request(LakeCommand.JOB, events, LakeCommand.SLICE, day),
                            LakeRestoreConfiguration.class,
                            start,
                            lake,
                            then));
        }
    }

    private static ExitCode tell(String plan) {
        System.out.println(plan);
        return ExitCode.DONE;
    }

    private BusinessCalendar calendar() {
        return BusinessCalendar.from(environment);
    }
}
