package dev.jangbu.load.window;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.clean.CheckedDay;
import dev.jangbu.load.ledger.LedgerEntry;
import dev.jangbu.load.ledger.Outcomes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Merges an account's window in one transaction: rows, history, touched days, ledger, watermark and token check; all of
 * it or nothing. The same window again changes nothing, in whatever order windows come.
 */
final class WindowMerge {
    private final RunContext context;
    private final Database database;
    private boolean isWhole;

    WindowMerge(RunContext context, Database database) {
        this.context = context;
        this.database = database;
    }

    void run() throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            DayFolder folder = context.clean();
            Manifest manifest = context.readPublished(connection, folder, remedy("first"));
            new CheckedDay(connection, remedy("again")).require(folder.manifestFile(), manifest);
            connection.setAutoCommit(false);
            merge(connection, folder, manifest);
            context.fence().check(connection);
            connection.commit();
            context.summary()
                    .fact("rows", manifest.rows())
                    .fact("rejected", rejected(manifest))
                    .fact("files", manifest.files().size());
        }
    }

    void analyze() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        isWhole ? "SELECT ops.analyze_dataset(?)" : "SELECT ops.analyze_account(?, ?)")) {
            statement.setString(1, context.dataset());
            if (!isWhole) {
                statement.setString(2, Account.of(context.request().slice()).id());
            }
            statement.execute();
        }
    }

    private String remedy(String when) {
        Account account = Account.of(context.request().slice());
        return "run transform-job " + when + ": java -jar transform-job/target/transform-job.jar " + context.dataset()
                + " --account " + account.id() + " --ds " + context.businessDate()
                + (account.isReconcile() ? " --reconcile" : "");
    }

    private void merge(Connection transaction, DayFolder folder, Manifest manifest) throws SQLException {
        Account account = Account.of(context.request().slice());
        Watermark watermark = new Watermark(transaction, context, account);
        settle(transaction);
        account.lock(transaction, context.dataset());
        if (!account.isReconcile()) {
            watermark.requireNoGap(manifest);
        }
        account.writeThisLoad(transaction, context, manifest, isComplete(manifest));
        LoadScripts scripts = LoadScripts.of(context.dataset());
        scripts.makeTables(transaction);
        IncomingTables tables = IncomingTables.of(transaction);
        FirstSales sales = new FirstSales(database, transaction, context, account);
        WindowCopy copy = new WindowCopy(transaction, context, tables, folder, manifest, sales);
        List<Long> copied = copy.run(scripts.tableOfFirstLoad(transaction));
        isWhole = copy.isFirst() || account.isReconcile();
        tables.settle(account);
        long start = System.nanoTime();
        scripts.merge(transaction);
        requireNone(scripts.problems(transaction));
        context.summary().fact("merge_seconds", Seconds.since(start));
        writeLedger(transaction, manifest, copied, copy.with(tables.outcomes()));
        context.summary().fact("touched_days", touchedDays(transaction));
        if (context.dataset().equals(MonthDifferences.DATASET)) {
            RepeatedMonths.of(transaction).tell(context);
        }
        if (account.isReconcile()) {
            tellDifferences(transaction);
        } else {
            watermark.move(manifest.windowTo());
        }
    }

    private void tellDifferences(Connection transaction) throws SQLException {
        if (context.dataset().equals(MonthDifferences.DATASET)) {
            MonthDifferences.of(transaction, context).tell(context);
        } else {
            ReconcileDifferences.of(transaction, context).tell(context);
        }
    }

    private void writeLedger(
            Connection transaction, Manifest manifest, List<Long> copied, Map<Integer, Outcomes> outcomes)
            throws SQLException {
        List<CheckedFile> files = CheckedFile.of(manifest);
        Outcomes all = Outcomes.NONE;
        for (int file = 0; file < files.size(); file++) {
            long rows = copied.isEmpty() ? 0 : copied.get(file);
            Outcomes ofFile = outcomes.getOrDefault(file, Outcomes.NONE);
            LedgerEntry.merged(files.get(file), manifest.runId(), rows, ofFile).write(transaction, context);
            all = all.plus(ofFile);
        }
        context.summary()
                .fact("inserted", all.inserted())
                .fact("updated", all.updated())
                .fact("unchanged", all.unchanged())
                .fact("superseded", all.superseded());
    }

    private long touchedDays(Connection transaction) throws SQLException {
        try (PreparedStatement statement =
                transaction.prepareStatement("SELECT COUNT(*) FROM ops.touched_day WHERE run_id = ?")) {
            statement.setString(1, context.runId());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A record that was refused is there at the platform all the same. */
    private static boolean isComplete(Manifest manifest) {
        return manifest.counts().getOrDefault("complete", 0L) == 1 && rejected(manifest) == 0;
    }

    private static long rejected(Manifest manifest) {
        return manifest.counts().getOrDefault("rejected", 0L);
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    problems.get(0) + (problems.size() > 1 ? "; and " + (problems.size() - 1) + " more" : "")
                            + "; nothing was changed");
        }
    }

    /** Another load of the account may take its time; a row nobody gives free is a mistake. */
    private static void settle(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5min'");
        }
    }
}
