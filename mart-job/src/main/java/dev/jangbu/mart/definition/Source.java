package dev.jangbu.mart.definition;

/**
 * Where a mart's rows come from.
 *
 * @param dataset the kind of record, as in the ledger of loads
 * @param table schema and name
 * @param dateColumn holds the business date; an index or partitions serve it
 */
public record Source(String dataset, String table, String dateColumn) {
    public Source {
        Text.require("source.dataset", dataset);
        Identifier.requireTable("source.table", table);
        Identifier.requireName("source.date_column", dateColumn);
    }
}
