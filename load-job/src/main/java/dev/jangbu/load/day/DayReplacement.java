package dev.jangbu.load.day;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.clean.CheckedDay;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.ledger.LedgerEntry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Replaces the day in one transaction. A {@link FirstLoad} attaches a table that was filled apart; a {@link Reload} deletes
 * and copies inside the partition, so that a reader's older snapshot never finds the day empty. Ledger and token check
 * stand in the same transaction: all of it or nothing.
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
        List<CleanFile> files = manifest.files().stream()
                .map(entry -> new CleanFile(folder.resolve(entry), entry))
                .toList();
        long start = System.nanoTime();
        List<Copied> copied = copy(transaction, table, files, manifest.rows());
        context.summary().fact("copy_seconds", Seconds.since(start));
        requireRows(table, manifest.rows(), copied);
        writeLedger(transaction, manifest, copied);
        if (table.isFirst()) {
            long keyStart = System.nanoTime();
            table.finish(manifest.rows());
            context.summary().fact("key_seconds", Seconds.since(keyStart));
            table.attach();
        }
    }

    private List<Copied> copy(Connection transaction, DayTable table, List<CleanFile> files, long rows)
            throws SQLException {
        try (Progress progress = Progress.onTerminal("load " + context.businessDate(), rows)) {
            return table.isFirst()
                    ? new FirstLoad(database, transaction, table, progress).copy(files)
                    : new Reload(transaction, table.name(), progress).copy(files);
        }
    }

    private static void requireRows(DayTable table, long expected, List<Copied> copied) {
        long inTable = copied.stream().mapToLong(Copied::inTable).sum();
        if (inTable != expected) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "raw." + table.name() + ": " + inTable + " rows (expected: " + expected
                            + ", as the clean manifest says); nothing was changed");
        }
    }

    private void writeLedger(Connection transaction, Manifest manifest, List<Copied> copied) throws SQLException {
        List<CheckedFile> files = CheckedFile.of(manifest);
        if (copied.isEmpty()) {
            LedgerEntry.counted(files.get(0), manifest.runId(), 0, 0).write(transaction, context);
        }
        for (int file = 0; file < copied.size(); file++) {
            Copied of = copied.get(file);
            LedgerEntry.counted(files.get(file), manifest.runId(), of.copied(), of.inTable())
                    .write(transaction, context);
        }
    }

    /** For the session: a first load commits its empty table before it copies. */
    private static void settle(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = '5s'");
        }
    }
}
