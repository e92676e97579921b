package dev.jangbu.spark.erase;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.erased.SubjectKey;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.load.erase.ErasureLog;
import dev.jangbu.load.erase.Subject;
import dev.jangbu.load.spark.SparkPlaces;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkSettings;
import dev.jangbu.spark.session.SparkStart;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code spark-job.jar erase --subject U000123}: goes on with the erasure {@code load-job erase} began, in the lake and the
 * aggregates. {@code bin/jangbu erase} runs the two in turn.
 */
@Command(
        name = "erase",
        description = "Removes a person from the lake and the aggregates, where load-job erase left off.",
        sortOptions = false)
public final class EraseCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final PrintStream out;

    @Option(names = "--subject", required = true, paramLabel = "USER_ID", description = "The person's user id.")
    private String subject = "";

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public EraseCommand() {
        this(System.getenv(), System.out);
    }

    EraseCommand(Map<String, String> environment, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    @Override
    public ExitCode call() throws Exception {
        Subject person = Subject.parse(subject);
        SparkSettings settings = spark.settings(options.workspace(), environment);
        Database database = new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu:erase");
        SparkPlaces places = places(database);
        if (places.names().isEmpty()) {
            out.println("nothing to look through: there is no lake, and there are no aggregates");
            return ExitCode.DONE;
        }
        String erasureId = options.isDryRun() ? "" : erasureOf(person, database);
        try (SparkStart start = SparkStart.begin(settings)) {
            Site site = new Site(person, erasureId, database, options.workspace(), environment, Clock.systemUTC());
            SparkErasure erasure = new SparkErasure(site, places, start, out);
            return options.isDryRun() ? erasure.plan() : erasure.run();
        }
    }

    private SparkPlaces places(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            SchemaVersion.require(connection);
            return SparkPlaces.read(connection, options.workspace());
        }
    }

    /** The one on its way: what is found here belongs to its proof. */
    private static String erasureOf(Subject person, Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            String hash = SubjectKey.read(connection).hash(person.id());
            return new ErasureLog(connection)
                    .unfinished(hash)
                    .orElseThrow(() -> new JobFailure(
                            ExitCode.USAGE,
                            "--subject: no erasure of this person is on its way (expected: one that was begun by"
                                    + " `load-job erase`; `bin/jangbu erase` does both)"));
        }
    }
}
