package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.StepWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Console;

/** Answers statements with tables on a stream. */
final class SqlAnswers {
    private static final double NANOS = 1e9;

    private static final String REFUSED =
            "refused: this prompt only reads (expected: sql --write for what changes the lake)";

    /** What PostgreSQL says where a session may only read: read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    /** All that begin otherwise may change something; of these PostgreSQL refuses what does. */
    private static final Set<String> READING = Set.of(
            "SELECT", "WITH", "FROM", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "USE", "SET", "RESET");

    private final SparkSession session;
    private final boolean isReadOnly;
    private final int rows;
    private final PrintStream out;
    private final Guard guard;

    /** @param rows how many of an answer are shown */
    SqlAnswers(SparkSession session, boolean isReadOnly, int rows, PrintStream out) {
        this(session, isReadOnly, rows, out, StepWork::run);
    }

    /** @param guard held by each statement while it runs */
    SqlAnswers(SparkSession session, boolean isReadOnly, int rows, PrintStream out, Guard guard) {
        this.session = session;
        this.isReadOnly = isReadOnly;
        this.rows = rows;
        this.out = out;
        this.guard = guard;
    }

    /** What is held while something is done. */
    @FunctionalInterface
    interface Guard {
        void during(StepWork work) throws Exception;
    }

    /** Statements one after the other; the first that fails ends it. */
    ExitCode all(List<String> texts) {
        SqlText text = new SqlText();
        for (String given : texts) {
            for (String statement : text.add(given)) {
                if (!isAnswered(statement)) {
                    return ExitCode.FAILED;
                }
            }
            String rest = text.rest();
            if (!rest.isEmpty() && !isAnswered(rest)) {
                return ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }

    /** Statements of lines until their end; the first that fails ends it. */
    ExitCode lines(InputStream input) throws IOException {
        SqlText text = new SqlText();
        BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            for (String statement : text.add(line)) {
                if (!isAnswered(statement)) {
                    return ExitCode.FAILED;
                }
            }
        }
        String rest = text.rest();
        return rest.isEmpty() || isAnswered(rest) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** False when it failed; why is told. */
    boolean isAnswered(String statement) {
        if (isReadOnly && !READING.contains(firstWord(statement))) {
            out.println(REFUSED);
            return false;
        }
        long start = System.nanoTime();
        try {
            guard.during(() -> answer(statement));
            out.println(String.format(Locale.ROOT, "(%.1f s)", (System.nanoTime() - start) / NANOS));
            return true;
        } catch (Exception failure) {
            out.println(reason(failure));
            return false;
        }
    }

    private void answer(String statement) {
        Dataset<Row> answer = session.sql(statement);
        if (answer.columns().length > 0) {
            Console.withOut(out, () -> {
                answer.show(rows, false);
                return true;
            });
        }
    }

    /** Behind comments and brackets. */
    private static String firstWord(String statement) {
        String text = SqlText.withoutComments(statement).replaceFirst("^[\\s(]+", "");
        return text.split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** The innermost word of PostgreSQL where it refused, else the first line of what Spark says. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && READ_ONLY.equals(refused.getSQLState())) {
                return REFUSED;
            }
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(failure.toString());
    }
}
