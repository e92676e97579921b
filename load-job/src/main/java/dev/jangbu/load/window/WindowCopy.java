package dev.jangbu.load.window;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.ledger.Outcomes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a window's files, each into the temporary table it is merged from. The main table's files of an account's first
 * load go past the merge, into a table of their own, unless a key is among them twice: then all are merged.
 */
final class WindowCopy {
    private static final Logger log = LoggerFactory.getLogger(WindowCopy.class);
    private static final String KEY_IS_THERE = "23505";
    private static final String ROW_IS_REFUSED = "23514";

    private final Connection transaction;
    private final RunContext context;
    private final IncomingTables tables;
    private final DayFolder folder;
    private final Manifest manifest;
    private final FirstSales sales;
    private final Map<Integer, Outcomes> straight = new HashMap<>();

    /** @param sales where those of a first load go */
    WindowCopy(
            Connection transaction,
            RunContext context,
            IncomingTables tables,
            DayFolder folder,
            Manifest manifest,
            FirstSales sales) {
        this.sales = sales;
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

    /** Whether all rows of the main table are new, and went past the merge. */
    boolean isFirst() {
        return !straight.isEmpty();
    }

    /** What became of each file's rows: as they were merged, or all of them new. */
    Map<Integer, Outcomes> with(Map<Integer, Outcomes> merged) {
        Map<Integer, Outcomes> all = new HashMap<>(merged);
        all.putAll(straight);
        return all;
    }

    private List<Long> copyFirst(String first) throws SQLException {
        Savepoint before = transaction.setSavepoint();
        try {
            List<Long> copied = copy(first);
            if (!straight.isEmpty()) {
                try (Statement statement = transaction.createStatement()) {
                    statement.execute("UPDATE this_load SET is_first = TRUE");
                }
                context.summary().fact("first_load", true);
            }
            return copied;
        } catch (SQLException | RuntimeException refused) {
            undo(before, refused);
            if (!(refused instanceof SQLException known)
                    || !Set.of(KEY_IS_THERE, ROW_IS_REFUSED).contains(String.valueOf(known.getSQLState()))) {
                throw refused;
            }
            straight.clear();
            log.info(
                    "table={} state=merged reason=\"{}\"",
                    first,
                    known.getSQLState().equals(KEY_IS_THERE)
                            ? "a key is in the window more than once"
                            : "a row is another account's");
            return copy("");
        }
    }

    /** What was read of the table apart keeps it from being dropped. */
    private void undo(Savepoint before, Exception refused) {
        try {
            transaction.rollback(before);
            sales.drop();
        } catch (SQLException gone) {
            refused.addSuppressed(gone);
        }
    }

    private List<Long> copy(String first) throws SQLException {
        Long[] copied = new Long[manifest.files().size()];
        Map<Integer, CleanFile> ofFirst = new TreeMap<>();
        try (Progress progress = Progress.onTerminal("load " + context.businessDate(), manifest.rows())) {
            for (int number = 0; number < copied.length; number++) {
                Manifest.Entry entry = manifest.files().get(number);
                CleanFile file = new CleanFile(folder.resolve(entry), entry);
                if (tables.isOf(file, first)) {
                    ofFirst.put(number, file);
                    continue;
                }
                copied[number] = tables.copy(file, number);
                progress.add(copied[number]);
            }
            if (!ofFirst.isEmpty()) {
                sales.load(ofFirst, tables.columns(first), progress).forEach((number, rows) -> {
                    copied[number] = rows;
                    straight.put(number, new Outcomes(rows, 0, 0, 0));
                });
            }
        }
        return List.of(copied);
    }
}
