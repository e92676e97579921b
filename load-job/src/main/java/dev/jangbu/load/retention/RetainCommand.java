package dev.jangbu.load.retention;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code load-job.jar retain}: removes what is older than the policy keeps it. */
@Command(
        name = "retain",
        description = "Remove days that are older than retention.yml keeps them; what a law wants kept is held apart.")
public final class RetainCommand implements Callable<ExitCode> {
    @Mixin
    private RetentionOptions retention = new RetentionOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode call() throws SQLException {
        Policy rules = retention.policy();
        Map<String, String> environment = System.getenv();
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        Clock clock = Clock.systemUTC();
        LocalDate day = retention.asOf(calendar.today(clock), options.isDryRun());
        Database database =
                new Database(DatabaseSettings.from(environment, options.workspace()), calendar, "jangbu:retain");
        Retention removal = new Retention(
                rules,
                day,
                System.getProperty("user.name", ""),
                options.workspace(),
                environment,
                database,
                clock,
                System.out);
        return options.isDryRun() ? removal.plan() : removal.run();
    }
}
