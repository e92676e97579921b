package dev.jangbu.mart.definition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mart: a folder of {@code sql/marts}. Immutable; its names are safe to be part of SQL text.
 *
 * @param columns in the table's order
 * @param query a SELECT with the parameter {@code :business_date} that gives exactly these columns, in any order
 * @param before a statement of the build's transaction before it changes anything, such as a setting of the planner
 * @param after a statement of the build's transaction once the checks have passed, for what must not be lost when the day is
 *     built again; its parameters are {@code :business_date} and {@code :run_id}
 */
public record Mart(
        Metadata metadata,
        List<Column> columns,
        String query,
        List<Check> checks,
        @Nullable String before,
        @Nullable String after) {
    /** A mart that is its query and no more. */
    public Mart(Metadata metadata, List<Column> columns, String query, List<Check> checks) {
        this(metadata, columns, query, checks, null, null);
    }

    public Mart {
        columns = List.copyOf(columns);
        checks = List.copyOf(checks);
        Text.require("query.sql", query);
        requireColumns(metadata, columns);
    }

    public String name() {
        return metadata.name();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The statement that empties the day. */
    public String deleteSql() {
        return "DELETE FROM " + metadata.target() + " WHERE " + metadata.dateColumn() + " = :business_date";
    }

    /** The statement that fills the day from the query. */
    public String insertSql() {
        String names = String.join(", ", columnNames());
        return "INSERT INTO " + metadata.target() + " (" + names + ")\nSELECT " + names + "\nFROM (\n" + query
                + "\n) AS built";
    }

    /** The statement that fills the day with rows computed elsewhere. */
    public String copySql() {
        return "COPY " + metadata.target() + " (" + String.join(", ", columnNames()) + ") FROM STDIN (FORMAT csv)";
    }

    private static void requireColumns(Metadata metadata, List<Column> columns) {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            Identifier.requireName("column", column.name());
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("column: " + column.name() + " twice (expected: once)");
            }
        }
        Set<String> needed = new HashSet<>(metadata.key());
        needed.add(metadata.dateColumn());
        needed.removeAll(names);
        if (!needed.isEmpty()) {
            throw new IllegalArgumentException(
                    "key and date_column: " + needed + " (expected: columns of schema.yaml, which has " + names + ")");
        }
    }
}
