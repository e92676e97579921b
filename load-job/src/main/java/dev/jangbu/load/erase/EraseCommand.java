package dev.jangbu.load.erase;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.load.retention.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load-job.jar erase --subject U000123}: removes a person from every place, and proves it. */
@Command(
        name = "erase",
        description = "Remove a person from every file and table, hold apart what the law wants kept, and prove it.")
public final class EraseCommand implements Callable<ExitCode> {
    private static final int LONGEST = 500;

    @Option(names = "--subject", required = true, paramLabel = "USER_ID", description = "The person's user id.")
    private String subject = "";

    @Option(
            names = "--request",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What was asked, for the record, such as the request's number; no personal data.")
    private String request = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who runs it, for the record (default: the user).")
    private @Nullable String by;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "What the law wants held, and how long (default: the packaged retention.yml).")
    private @Nullable Path policy;

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode call() throws SQLException, IOException {
        Subject person = Subject.parse(subject);
        requireLine("--request", request);
        String name = by == null ? System.getProperty("user.name", "") : by;
        requireLine("--by", name);
        Policy rules = Policy.read(policy);
        Map<String, String> environment = System.getenv();
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        Clock clock = Clock.systemUTC();
        String id = RunFolders.newRunId(clock.instant());
        Database database =
                new Database(DatabaseSettings.from(environment, options.workspace()), calendar, "jangbu:erase-" + id);
        LocalDate today = calendar.yesterday(clock).plusDays(1);
        Erasing erasing = new Erasing(id, person, rules, today, options.workspace(), environment, clock);
        Erasure erasure = new Erasure(erasing, database, new Erasure.Request(name, request), System.out);
        return options.isDryRun() ? erasure.plan() : erasure.run();
    }

    private static void requireLine(String option, String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    option + ": too long or more than a line (expected: one line of at most " + LONGEST
                            + " characters)");
        }
    }
}
