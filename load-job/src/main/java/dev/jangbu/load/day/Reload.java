package dev.jangbu.load.day;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.clean.CsvCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Replaces the rows of a day that was loaded before, inside its partition; readers see the old ones until the commit. */
final class Reload {
    private final Connection transaction;
    private final String table;
    private final Progress progress;

    /** @param table a name that {@link DayTable} gave */
    Reload(Connection transaction, String table, Progress progress) {
        this.transaction = transaction;
        this.table = table;
        this.progress = progress;
    }

    /** Returns what became of each file, in their order. */
    List<Copied> copy(List<CleanFile> files) throws SQLException {
        empty();
        CsvCopy copy = new CsvCopy("raw." + table);
        List<Long> reported = new ArrayList<>();
        for (CleanFile file : files) {
            long rows = copy.send(transaction, file);
            reported.add(rows);
            progress.add(rows);
        }
        Iterator<Long> counted = new RowCounts(transaction, table).perCommand().iterator();
        List<Copied> copied = new ArrayList<>();
        for (long rows : reported) {
            copied.add(new Copied(rows, rows > 0 && counted.hasNext() ? counted.next() : 0));
        }
        return copied;
    }

    private void empty() throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("DELETE FROM raw." + table);
        }
    }
}
