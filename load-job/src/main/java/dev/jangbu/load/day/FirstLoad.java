package dev.jangbu.load.day;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.clean.CsvCopy;
import dev.jangbu.load.clean.SharedWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the table of a day that was never loaded, files side by side, each in a transaction of its own. Until it is
 * attached the table is nobody's day; what a killed load leaves of it, the next load of the day drops.
 */
final class FirstLoad {
    private static final Logger log = LoggerFactory.getLogger(FirstLoad.class);

    private final Database database;
    private final Connection transaction;
    private final DayTable table;
    private final Progress progress;

    /** @param transaction the one that is to attach the table; committed once, before the files are copied */
    FirstLoad(Database database, Connection transaction, DayTable table, Progress progress) {
        this.database = database;
        this.transaction = transaction;
        this.table = table;
        this.progress = progress;
    }

    /** Returns what became of each file, in their order. */
    List<Copied> copy(List<CleanFile> files) throws SQLException {
        String unattached = table.create();
        transaction.commit();
        try {
            Map<CleanFile, Sent> sent = sendAll(files, new CsvCopy("raw." + unattached));
            Map<String, Long> counted = new RowCounts(transaction, unattached).perTransaction();
            return files.stream()
                    .map(file -> Objects.requireNonNull(sent.get(file)).copied(counted))
                    .toList();
        } catch (SQLException | RuntimeException failure) {
            drop();
            throw failure;
        }
    }

    /**
     * One file that was copied.
     *
     * @param transactionId of the transaction that copied this file and no other
     */
    private record Sent(long rows, String transactionId) {
        Copied copied(Map<String, Long> countedPerTransaction) {
            return new Copied(rows, countedPerTransaction.getOrDefault(transactionId, 0L));
        }
    }

    private Map<CleanFile, Sent> sendAll(List<CleanFile> files, CsvCopy copy) throws SQLException {
        Map<CleanFile, Sent> sent = new ConcurrentHashMap<>();
        SharedWork.begin(database, files, (session, file) -> {
                    long rows = copy.send(session, file);
                    sent.put(file, new Sent(rows, transactionId(session)));
                    progress.add(rows);
                })
                .await();
        return sent;
    }

    private static String transactionId(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::XID::TEXT")) {
            row.next();
            return Objects.requireNonNull(row.getString(1));
        }
    }

    /** A courtesy: what cannot be dropped now is dropped by the next load of the day. */
    private void drop() {
        try {
            transaction.rollback();
            table.drop();
            transaction.commit();
        } catch (SQLException failure) {
            log.warn("table=raw.{} state=left_behind reason=\"{}\"", table.name(), failure.getMessage());
        }
    }
}
