package dev.jangbu.faults.oracle;

import dev.jangbu.faults.site.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All raw and mart tables as they were at one moment, kept in a schema of the scratch database. A table is compared by
 * its checksum first and row by row where that differs; a row that changed is one lost and one doubled.
 */
public final class Snapshot {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final String schema;
    private final Map<String, String> checksums;

    private Snapshot(String schema, Map<String, String> checksums) {
        this.schema = schema;
        this.checksums = Map.copyOf(checksums);
    }

    /** @param schema is made anew */
    public static Snapshot take(Sql sql, String schema) throws SQLException {
        if (!NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException("schema: " + schema + " (expected: lower-case letters and digits)");
        }
        sql.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE", "CREATE SCHEMA " + schema);
        Map<String, String> checksums = new TreeMap<>();
        for (String table : tables(sql)) {
            sql.execute("CREATE TABLE " + schema + "." + bare(table) + " AS TABLE " + table);
            checksums.put(table, checksum(sql, table));
        }
        return new Snapshot(schema, checksums);
    }

    /** The tables of events, raw and marts, with their schema. */
    public static List<String> tables(Sql sql) throws SQLException {
        return sql.column("""
                SELECT 'raw.' || table_name FROM ops.dataset WHERE dataset = 'events'
                UNION ALL
                SELECT 'mart.' || mart FROM ops.mart WHERE dataset = 'events'
                ORDER BY 1""");
    }

    /** The marts' names. */
    public static List<String> marts(Sql sql) throws SQLException {
        return tables(sql).stream()
                .filter(table -> table.startsWith("mart."))
                .map(Snapshot::bare)
                .toList();
    }

    /** {@code rows sum}, of all rows with all their columns. */
    public static String checksum(Sql sql, String table) throws SQLException {
        return sql.value(checksumQuery(table));
    }

    /** The query of {@link #checksum}, for sessions of their own. */
    public static String checksumQuery(String table) {
        return "SELECT COUNT(*) || ' ' || COALESCE(SUM(hashtextextended(CAST(t AS TEXT), 0)), 0) FROM " + table
                + " AS t";
    }

    /** The checksum a table had. */
    public String checksum(String table) {
        return Objects.requireNonNull(checksums.get(table), table);
    }

    public Difference compare(Sql sql, String table) throws SQLException {
        if (checksum(sql, table).equals(checksum(table))) {
            return Difference.NONE;
        }
        return difference(sql, schema + "." + bare(table), table);
    }

    /**
     * Row by row.
     *
     * @param expected a table, or a query in parentheses, of the same columns as {@code found}
     */
    public static Difference difference(Sql sql, String expected, String found) throws SQLException {
        String kept = "SELECT CAST(k AS TEXT) FROM " + expected + " AS k";
        String there = "SELECT CAST(f AS TEXT) FROM " + found + " AS f";
        return new Difference(
                sql.number("SELECT COUNT(*) FROM (" + kept + " EXCEPT ALL " + there + ") AS lost"),
                sql.number("SELECT COUNT(*) FROM (" + there + " EXCEPT ALL " + kept + ") AS doubled"));
    }

    private static String bare(String table) {
        return table.substring(table.indexOf('.') + 1);
    }
}
