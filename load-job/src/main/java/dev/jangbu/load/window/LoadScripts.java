package dev.jangbu.load.window;

import dev.jangbu.kit.run.Seconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The SQL of a dataset's merge, {@code sql/loads/<dataset>/}, in the order of the names: the first file makes the tables
 * the clean files are copied into, those between merge them, the last finds what went wrong. Before them may stand
 * {@value #FIRST}, a query for the table that a first load of an account fills at once.
 */
final class LoadScripts {
    private static final Logger log = LoggerFactory.getLogger(LoadScripts.class);

    private static final String FIRST = "00_first.sql";

    private final @Nullable Script first;
    private final List<Script> scripts;

    private record Script(String name, String sql) {
        static Script of(Resource file) {
            try {
                return new Script(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read " + file, failure);
            }
        }
    }

    private LoadScripts(List<Script> all) {
        this.first = all.get(0).name().equals(FIRST) ? all.get(0) : null;
        this.scripts = first == null ? all : all.subList(1, all.size());
    }

    static LoadScripts of(String dataset) {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:sql/loads/" + dataset + "/*.sql");
            if (files.length < 3) {
                throw new IllegalStateException(
                        "sql/loads/" + dataset + ": " + files.length + " files (expected: at least 3)");
            }
            return new LoadScripts(Arrays.stream(files)
                    .map(Script::of)
                    .sorted(Comparator.comparing(Script::name))
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException("the packaged SQL of " + dataset + " cannot be read", failure);
        }
    }

    /** The table of which nothing is stored of the account; empty where rows are to be compared. */
    Optional<String> tableOfFirstLoad(Connection transaction) throws SQLException {
        if (first == null) {
            return Optional.empty();
        }
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery(first.sql())) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    void makeTables(Connection transaction) throws SQLException {
        run(transaction, scripts.get(0));
    }

    void merge(Connection transaction) throws SQLException {
        for (Script script : scripts.subList(1, scripts.size() - 1)) {
            run(transaction, script);
        }
    }

    /** What the merge did not do as it should have; empty where all is well. */
    List<String> problems(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row =
                        statement.executeQuery(scripts.get(scripts.size() - 1).sql())) {
            List<String> problems = new ArrayList<>();
            while (row.next()) {
                problems.add(row.getString(1));
            }
            return problems;
        }
    }

    private static void run(Connection transaction, Script script) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = transaction.createStatement()) {
            statement.execute(script.sql());
        }
        log.info("script={} state=done seconds={}", script.name(), Seconds.since(start));
    }
}
