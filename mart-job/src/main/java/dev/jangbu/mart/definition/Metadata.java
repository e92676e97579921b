package dev.jangbu.mart.definition;

import java.util.List;

/**
 * A mart's {@code metadata.yaml}.
 *
 * @param target schema and table the mart is written to
 * @param description one text that opens with the grain; the table's COMMENT
 * @param key the columns no two rows share
 * @param dateColumn holds the business date; the day is replaced by it
 * @param alsoReads datasets beside the source's whose changes make a day of it old
 * @param dependsOn marts that are built before this one
 * @param cost how long a build takes, roughly, in those of the quickest mart, 1 or more; of several marts the
 *     dearest begin first
 * @param limits what the mart does not tell, a sentence each
 */
public record Metadata(
        String name,
        String target,
        String description,
        String grain,
        List<String> key,
        String dateColumn,
        Source source,
        List<String> alsoReads,
        List<String> dependsOn,
        int cost,
        List<String> limits,
        List<String> usedBy) {
    public Metadata {
        Identifier.requireName("name", name);
        Identifier.requireTable("target", target);
        Text.require("description", description);
        Text.require("grain", grain);
        Identifier.requireName("date_column", dateColumn);
        if (cost < 1) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: 1 or more)");
        }
        key = List.copyOf(key);
        alsoReads = List.copyOf(alsoReads);
        dependsOn = List.copyOf(dependsOn);
        limits = List.copyOf(limits);
        usedBy = List.copyOf(usedBy);
    }

    /** Whether records of the dataset are in it. */
    public boolean reads(String dataset) {
        return source.dataset().equals(dataset) || alsoReads.contains(dataset);
    }
}
