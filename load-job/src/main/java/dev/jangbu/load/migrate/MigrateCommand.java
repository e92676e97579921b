package dev.jangbu.load.migrate;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code load-job.jar migrate}: brings schema, roles and grants up to date. Running it again changes nothing. */
@Command(name = "migrate", description = "Bring the database's schema, roles and grants up to date.")
public final class MigrateCommand implements Callable<ExitCode> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode call() {
        Map<String, String> environment = System.getenv();
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        DatabaseSettings settings = DatabaseSettings.from(environment, options.workspace());
        Migration migration = new Migration(new Database(settings, calendar, "jangbu:migrate"));
        if (options.isDryRun()) {
            List<String> pending = migration.pending();
            pending.forEach(name -> System.out.println("would run " + name));
            if (pending.isEmpty()) {
                System.out.println("nothing to do: the schema is up to date");
            }
            return ExitCode.DONE;
        }
        Migration.Outcome outcome = migration.run();
        System.out.println(Json.line(outcome.summary()));
        return ExitCode.DONE;
    }
}
