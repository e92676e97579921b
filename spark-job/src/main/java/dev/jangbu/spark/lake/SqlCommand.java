package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.StepWork;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkSettings;
import dev.jangbu.spark.session.SparkStart;
import java.io.Console;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code spark-job.jar sql}: a prompt on the lake; {@code -e "SELECT …"} or lines on standard input answer and end. It
 * changes nothing in the lake unless asked to by {@code --write}.
 */
@Command(
        name = "sql",
        description = "Opens a prompt for SQL over the lake: SELECT … FROM lake.events;",
        sortOptions = false)
public final class SqlCommand implements Callable<ExitCode> {
    private static final String EXTENSIONS = "spark.sql.extensions";

    private final Map<String, String> environment;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Answer this and end; may be repeated.")
    private List<String> statements = new ArrayList<>();

    @Option(
            names = "--write",
            description = "Let statements change the lake (DELETE, CALL lake.system.…); without it they are refused.")
    private boolean write;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many rows of an answer are shown (default: ${DEFAULT-VALUE}).")
    private int rows = 100;

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public SqlCommand() {
        this(System.getenv());
    }

    SqlCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() throws IOException {
        LakeSettings lake = LakeSettings.from(environment, options.workspace());
        LakeSettings opened = write ? lake : lake.readOnly();
        if (options.isDryRun()) {
            System.out.println("would open a prompt on " + opened.warehouse());
            return ExitCode.DONE;
        }
        LakeDatabase.require(environment, options);
        try (SparkStart start = SparkStart.begin(withExtensions(spark.settings(options.workspace(), environment)))) {
            SparkSession session = opened.session(start.session());
            session.sql("USE " + LakeSettings.NAME);
            SqlAnswers answers =
                    new SqlAnswers(session, !write, rows, System.out, write ? this::besideDays : StepWork::run);
            if (!statements.isEmpty()) {
                return answers.all(statements);
            }
            return isTerminal(System.console()) ? new SqlPrompt(answers, System.out).run() : answers.lines(System.in);
        }
    }

    /** As a day is put: nobody takes the table back, or removes files it does not name yet, while a statement writes. */
    private void besideDays(StepWork statement) throws Exception {
        try (Connection lock = LakeDatabase.of(environment, options).connect()) {
            LakeLock.share(lock, statement);
        }
    }

    /** Of Java 17, the only one this Spark runs on; later ones have a console without a terminal too. */
    private static boolean isTerminal(@Nullable Console console) {
        return console != null;
    }

    /** Iceberg's statements, such as CALL, are part of Spark's parser only where it starts with them. */
    private static SparkSettings withExtensions(SparkSettings settings) {
        return settings.with(Map.of(EXTENSIONS, "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"));
    }
}
