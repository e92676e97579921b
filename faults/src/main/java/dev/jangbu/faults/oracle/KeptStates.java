package dev.jangbu.faults.oracle;

import dev.jangbu.faults.site.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables as they were at several moments, each moment under a number in a schema of the scratch database: they can be put
 * back, and compared by queries of which the answers are kept too.
 */
final class KeptStates {
    private final Sql sql;
    private final String prefix;
    private final List<Table> tables;
    private final Map<String, String> views;

    /**
     * @param prefix of the schemas' names
     * @param tables in an order in which rows may be put back
     * @param views what must be equal, as queries by name
     */
    KeptStates(Sql sql, String prefix, List<Table> tables, Map<String, String> views) {
        this.sql = sql;
        this.prefix = prefix;
        this.tables = List.copyOf(tables);
        this.views = Map.copyOf(views);
    }

    /**
     * A table, or some of its rows.
     *
     * @param name with its schema
     * @param filter a condition on its rows; empty for all of them
     */
    record Table(String name, String filter) {
        static Table whole(String name) {
            return new Table(name, "");
        }

        static Table of(String dataset, String name) {
            return new Table(name, " WHERE dataset = '" + dataset + "'");
        }

        String bare() {
            return name.substring(name.indexOf('.') + 1);
        }

        String rows() {
            return name + filter;
        }
    }

    /** Keeps what is there now. */
    void keep(int state) throws SQLException {
        sql.execute("DROP SCHEMA IF EXISTS " + schema(state) + " CASCADE", "CREATE SCHEMA " + schema(state));
        for (Table table : tables) {
            sql.execute("CREATE TABLE " + schema(state) + "." + table.bare() + " AS SELECT * FROM " + table.rows());
        }
        for (Map.Entry<String, String> view : views.entrySet()) {
            sql.execute("CREATE TABLE " + schema(state) + ".seen_" + view.getKey() + " AS " + view.getValue());
        }
    }

    /** Takes all rows away. */
    void wipe() throws SQLException {
        List<String> statements = new ArrayList<>();
        for (int at = tables.size() - 1; at >= 0; at--) {
            statements.add("DELETE FROM " + tables.get(at).rows());
        }
        sql.execute(statements.toArray(String[]::new));
    }

    /** Puts all rows back. */
    void restore(int state) throws SQLException {
        wipe();
        for (Table table : tables) {
            String columns = written(table);
            sql.execute("INSERT INTO " + table.name() + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns
                    + " FROM " + schema(state) + "." + table.bare());
        }
    }

    /** What differs from the state, by what it is. */
    Map<String, Difference> differences(int state) throws SQLException {
        Map<String, Difference> differences = new TreeMap<>();
        for (Map.Entry<String, String> view : views.entrySet()) {
            Difference difference =
                    Snapshot.difference(sql, schema(state) + ".seen_" + view.getKey(), "(" + view.getValue() + ")");
            if (!difference.isNone()) {
                differences.put(view.getKey(), difference);
            }
        }
        return differences;
    }

    /** The table's columns but those PostgreSQL computes by itself. */
    private String written(Table table) throws SQLException {
        return sql.value(
                "SELECT STRING_AGG(QUOTE_IDENT(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '"
                        + table.name() + "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''");
    }

    private String schema(int state) {
        return prefix + "_" + state;
    }
}
