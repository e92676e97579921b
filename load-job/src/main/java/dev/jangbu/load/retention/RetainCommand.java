package dev.jangbu.load.retention;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load-job.jar retain}: removes what is older than the policy keeps it. */
@Command(
        name = "retain",
        description = "Remove days that are older than retention.yml keeps them; what a law wants kept is held apart.")
public final class RetainCommand implements Callable<ExitCode> {
    @Option(
            names = "--as-of",
            paramLabel = "YYYY-MM-DD",
            description = "Count the periods back from this day (default: today in Asia/Seoul).")
    private @Nullable String asOf;

    @Option(names = "--policy", paramLabel = "FILE", description = "Another policy than the packaged retention.yml.")
    private @Nullable Path policy;

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode call() throws SQLException {
        Policy rules = Policy.read(policy);
        Map<String, String> environment = System.getenv();
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        Clock clock = Clock.systemUTC();
        LocalDate today = calendar.yesterday(clock).plusDays(1);
        LocalDate day = asOf == null ? today : parse(asOf);
        if (day.isAfter(today) && !options.isDryRun()) {
            throw new JobFailure(
                    ExitCode.USAGE, "--as-of: " + day + " (expected: today, " + today + ", or earlier; or --dry-run)");
        }
        Database database =
                new Database(DatabaseSettings.from(environment, options.workspace()), calendar, "jangbu:retain");
        Retention retention = new Retention(
                rules,
                day,
                System.getProperty("user.name", ""),
                options.workspace(),
                environment,
                database,
                clock,
                System.out);
        return options.isDryRun() ? retention.plan() : retention.run();
    }

    private static LocalDate parse(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new JobFailure(
                    ExitCode.USAGE, "--as-of: " + text + " (expected: a date such as 2026-11-21)", notADate);
        }
    }
}
