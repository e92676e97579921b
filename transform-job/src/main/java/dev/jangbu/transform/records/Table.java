package dev.jangbu.transform.records;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of schema {@code raw} that clean files are written for.
 *
 * @param content the columns that come from the source, in the table's order; behind them stand {@code source_hash} and
 *     {@code observed_at}
 */
public record Table(String name, List<String> content) {
    public Table {
        content = List.copyOf(content);
    }

    public static Table of(String name, String... content) {
        return new Table(name, List.of(content));
    }

    /** The header of its files. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(content);
        columns.add("source_hash");
        columns.add("observed_at");
        return columns;
    }
}
