package dev.jangbu.load.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.clean.CsvCopy;
import dev.jangbu.load.ledger.Outcomes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The temporary tables {@code incoming_<table>} a window is copied into, and {@code judged_<table>}, which say what became
 * of each row. Every row knows its file and its place among all that were copied.
 */
final class IncomingTables {
    private static final String INCOMING = "incoming_";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,50}");

    private final Connection transaction;
    /** Columns of the clean files by table. */
    private final Map<String, Columns> columns;

    private IncomingTables(Connection transaction, Map<String, Columns> columns) {
        this.transaction = transaction;
        this.columns = columns;
    }

    /**
     * What a table's files have.
     *
     * @param sql a list of the names
     * @param types as PostgreSQL calls them, by name, in the same order
     */
    record Columns(String sql, Map<String, String> types) {
        Columns and(Columns more) {
            Map<String, String> all = new LinkedHashMap<>(types);
            all.putAll(more.types);
            return new Columns(sql + ", " + more.sql, all);
        }
    }

    /** Of the tables the dataset's first script made. */
    static IncomingTables of(Connection transaction) throws SQLException {
        Map<String, Columns> columns = new LinkedHashMap<>();
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.relname, a.attname, quote_ident(a.attname), t.typname
                        FROM pg_class AS c
                        JOIN pg_attribute AS a ON a.attrelid = c.oid
                        JOIN pg_type AS t ON t.oid = a.atttypid
                        WHERE c.relnamespace = pg_my_temp_schema() AND c.relname LIKE 'incoming\\_%'
                            AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
                        ORDER BY c.relname, a.attnum""")) {
            while (row.next()) {
                columns.merge(
                        requireName(row.getString(1).substring(INCOMING.length())),
                        new Columns(row.getString(3), Map.of(row.getString(2), row.getString(4))),
                        Columns::and);
            }
        }
        IncomingTables tables = new IncomingTables(transaction, columns);
        for (String table : columns.keySet()) {
            tables.execute("ALTER TABLE " + INCOMING + table
                    + " ADD COLUMN row_number BIGINT GENERATED ALWAYS AS IDENTITY, ADD COLUMN file_number INTEGER");
        }
        return tables;
    }

    /** Returns the rows PostgreSQL says it copied. */
    long copy(CleanFile file, int number) throws SQLException {
        String table = table(file);
        execute("ALTER TABLE " + INCOMING + table + " ALTER COLUMN file_number SET DEFAULT " + number);
        return new CsvCopy(INCOMING + table + " (" + columns(table).sql() + ")").send(transaction, file);
    }

    boolean isOf(CleanFile file, String table) {
        return table(file).equals(table);
    }

    Columns columns(String table) {
        return Objects.requireNonNull(columns.get(table), table);
    }

    /** Statistics for the planner, and no other account's rows. */
    void settle(Account account) throws SQLException {
        for (String table : columns.keySet()) {
            execute("ANALYZE " + INCOMING + table);
            requireRowsOf(account, table);
        }
    }

    /** By number of the file. */
    Map<Integer, Outcomes> outcomes() throws SQLException {
        Map<Integer, Outcomes> outcomes = new HashMap<>();
        for (String table : columns.keySet()) {
            try (Statement statement = transaction.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT file_number,
                                COUNT(*) FILTER (WHERE outcome = 'inserted'),
                                COUNT(*) FILTER (WHERE outcome = 'updated'),
                                COUNT(*) FILTER (WHERE outcome = 'unchanged'),
                                COUNT(*) FILTER (WHERE outcome = 'superseded')
                            FROM judged_%s GROUP BY file_number""".formatted(table))) {
                while (row.next()) {
                    outcomes.put(
                            row.getInt(1),
                            new Outcomes(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
                }
            }
        }
        return outcomes;
    }

    /** {@code <run>/order_item-00000.csv} is of {@code order_item}. */
    private String table(CleanFile file) {
        String path = file.entry().path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String table = name.substring(0, Math.max(name.lastIndexOf('-'), 0));
        if (!columns.containsKey(table)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    path + ": no table of this dataset (expected: <table>-00000.csv, a table of "
                            + String.join(", ", columns.keySet()) + ")");
        }
        return table;
    }

    private void requireRowsOf(Account account, String table) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(
                "SELECT COUNT(*), MIN(account_id) FROM " + INCOMING + table + " WHERE account_id IS DISTINCT FROM ?")) {
            statement.setString(1, account.id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getLong(1) > 0) {
                    throw new JobFailure(
                            ExitCode.FAILED,
                            table + ": " + row.getLong(1) + " rows with account_id " + row.getString(2) + " (expected: "
                                    + account.id() + "); nothing was loaded");
                }
            }
        }
    }

    private static String requireName(String table) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalStateException("table: " + table + " (expected: lower-case letters and underscores)");
        }
        return table;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(sql);
        }
    }
}
