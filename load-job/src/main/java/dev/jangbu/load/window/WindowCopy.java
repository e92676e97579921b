package dev.jangbu.load.window;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.ledger.Outcomes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a window's files, each into the temporary table it is merged from. The main table's files of an account's first
 * load go straight to where they belong, unless a key is among them twice: then all are merged.
 */
final class WindowCopy {
    private static final Logger log = LoggerFactory.getLogger(WindowCopy.class);
    private static final String KEY_IS_THERE = "23505";

    private final Connection transaction;
    private final RunContext context;
    private final IncomingTables tables;
    private final DayFolder folder;
    private final Manifest manifest;
    private final Map<Integer, Outcomes> straight = new HashMap<>();

    WindowCopy(Connection transaction, RunContext context, IncomingTables tables, DayFolder folder, Manifest manifest) {
        this.transaction = transaction;
        this.context = context;
        this.tables = tables;
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Returns the rows PostgreSQL says it copied, by file.
     *
     * @param first the table of which nothing is stored of the account
     */
    List<Long> run(Optional<String> first) throws SQLException {
        long start = System.nanoTime();
        List<Long> copied = first.isEmpty() ? copy("") : copyFirst(first.get());
        context.summary().fact("copy_seconds", Seconds.since(start));
        return copied;
    }

    /** What became of each file's rows: as they were merged, or all of them new. */
    Map<Integer, Outcomes> with(Map<Integer, Outcomes> merged) {
        Map<Integer, Outcomes> all = new HashMap<>(merged);
        all.putAll(straight);
        return all;
    }

    private List<Long> copyFirst(String first) throws SQLException {
        Savepoint before = transaction.setSavepoint();
        nameRun();
        try {
            boolean isBare = isBare();
            List<Long> copied = copy(first);
            if (isBare) {
                index();
            }
            try (Statement statement = transaction.createStatement()) {
                statement.execute("UPDATE this_load SET is_first = TRUE");
            }
            context.summary().fact("first_load", true);
            return copied;
        } catch (SQLException refused) {
            if (!KEY_IS_THERE.equals(refused.getSQLState())) {
                throw refused;
            }
            transaction.rollback(before);
            straight.clear();
            log.info("table={} state=merged reason=\"a key is in the window more than once\"", first);
            return copy("");
        }
    }

    /** Whether the table was empty and has no indexes now but its key. */
    private boolean isBare() throws SQLException {
        try (PreparedStatement begin = transaction.prepareStatement("SELECT ops.begin_first_load(?)")) {
            begin.setString(1, context.dataset());
            try (ResultSet row = begin.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void index() throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SELECT ops.end_first_load()");
        }
        context.summary().fact("index_seconds", Seconds.since(start));
    }

    /** For the column that rows which are copied straight have no value for. */
    private void nameRun() throws SQLException {
        try (PreparedStatement name = transaction.prepareStatement("SELECT set_config('jangbu.run_id', ?, TRUE)")) {
            name.setString(1, context.runId());
            name.execute();
        }
    }

    private List<Long> copy(String first) throws SQLException {
        List<Long> copied = new ArrayList<>();
        try (Progress progress = Progress.onTerminal("load " + context.businessDate(), manifest.rows())) {
            for (Manifest.Entry entry : manifest.files()) {
                CleanFile file = new CleanFile(folder.resolve(entry), entry);
                boolean isStraight = tables.isOf(file, first);
                long rows = isStraight ? tables.copyStraight(file) : tables.copy(file, copied.size());
                if (isStraight) {
                    straight.put(copied.size(), new Outcomes(rows, 0, 0, 0));
                }
                copied.add(rows);
                progress.add(rows);
            }
        }
        return copied;
    }
}
