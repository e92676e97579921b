package dev.jangbu.load.day;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Replaces the day in one transaction. A first load copies into a table apart and attaches it; a later one deletes and
 * copies inside the partition, so that a reader's older snapshot never finds the day empty. Ledger and token check stand
 * in the same transaction: all of it or nothing.
 */
final class DayReplacement {
    private final RunContext context;
    private final Database database;

    DayReplacement(RunContext context, Database database) {
        this.context = context;
        this.database = database;
    }

    void run() throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            DayFolder folder = context.clean();
            Manifest manifest = context.readPublished(connection, folder, remedy("first"));
            new CheckedDay(connection, remedy("again")).require(folder.manifestFile(), manifest);
            connection.setAutoCommit(false);
            replace(connection, folder, manifest);
            context.fence().check(connection);
            connection.commit();
            context.summary()
                    .fact("rows", manifest.rows())
                    .fact("rejected", manifest.counts().getOrDefault("rejected", 0L))
                    .fact("files", manifest.files().size());
        }
    }

    private String remedy(String when) {
        return "run transform-job " + when + ": java -jar transform-job/target/transform-job.jar " + context.dataset()
                + " --ds " + context.businessDate();
    }

    void analyze() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ops.analyze_day(?, ?)")) {
            statement.setString(1, context.dataset());
            statement.setObject(2, context.businessDate());
            statement.execute();
        }
    }

    private void replace(Connection transaction, DayFolder folder, Manifest manifest) throws SQLException {
        settle(transaction);
        DayTable table = new DayTable(transaction, context);
        table.prepare();
        long start = System.nanoTime();
        long inTable = copyAll(transaction, table, folder, manifest);
        context.summary().fact("copy_seconds", Seconds.since(start));
        if (inTable != manifest.rows()) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "raw." + table.name() + ": " + inTable + " rows (expected: " + manifest.rows()
                            + ", as the clean manifest says); nothing was changed");
        }
        if (table.isFirst()) {
            long keyStart = System.nanoTime();
            table.finish(manifest.rows());
            context.summary().fact("key_seconds", Seconds.since(keyStart));
            table.attach();
        }
    }

    private long copyAll(Connection transaction, DayTable table, DayFolder folder, Manifest manifest)
            throws SQLException {
        List<CheckedFile> files = CheckedFile.of(manifest);
        if (manifest.files().isEmpty()) {
            new LedgerEntry(files.get(0), manifest.runId(), 0, 0).write(transaction, context);
        }
        List<Long> copied = new ArrayList<>();
        for (Manifest.Entry entry : manifest.files()) {
            copied.add(copy(table, new CleanFile(folder.resolve(entry), entry)));
        }
        Iterator<Long> counted = table.countPerCopy().iterator();
        long inTable = 0;
        for (int file = 0; file < copied.size(); file++) {
            long grown = copied.get(file) > 0 && counted.hasNext() ? counted.next() : 0;
            new LedgerEntry(files.get(file), manifest.runId(), copied.get(file), grown).write(transaction, context);
            inTable += grown;
        }
        return inTable;
    }

    /** When PostgreSQL refuses the file, the first question is whether it is still the file that was checked. */
    private static long copy(DayTable table, CleanFile file) throws SQLException {
        try (DigestInputStream csv = file.open()) {
            try {
                long copied = table.copy(csv);
                file.requireUnchanged(csv);
                return copied;
            } catch (SQLException refused) {
                file.requireUnchanged(csv);
                throw refused;
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", Path.of(file.entry().path()), failure);
        }
    }

    private static void settle(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'");
        }
    }
}
