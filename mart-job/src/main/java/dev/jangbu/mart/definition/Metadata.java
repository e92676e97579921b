package dev.jangbu.mart.definition;

import java.util.List;

/**
 * A mart's {@code metadata.yaml}.
 *
 * @param target schema and table the mart is written to
 * @param description one text that opens with the grain; the table's COMMENT
 * @param key the columns no two rows share
 * @param dateColumn holds the business date; the day is replaced by it
 * @param dependsOn marts that are built before this one
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
        List<String> dependsOn,
        List<String> limits,
        List<String> usedBy) {
    public Metadata {
        Identifier.requireName("name", name);
        Identifier.requireTable("target", target);
        Text.require("description", description);
        Text.require("grain", grain);
        Identifier.requireName("date_column", dateColumn);
        key = List.copyOf(key);
        dependsOn = List.copyOf(dependsOn);
        limits = List.copyOf(limits);
        usedBy = List.copyOf(usedBy);
    }
}
