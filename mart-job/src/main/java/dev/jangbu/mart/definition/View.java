package dev.jangbu.mart.definition;

import java.util.List;

/**
 * A view of schema {@code mart}, as {@code sql/views/<name>.yaml} describes it. Its query is the migration that made it.
 *
 * @param target schema and name
 * @param description one text that opens with the grain; the view's COMMENT
 * @param key the columns no two rows share
 * @param limits what the view does not tell, a sentence each
 * @param columns in the view's order
 */
public record View(
        String name,
        String target,
        String description,
        String grain,
        List<String> key,
        List<String> limits,
        List<String> usedBy,
        List<Column> columns) {
    public View {
        Identifier.requireName("name", name);
        Identifier.requireTable("target", target);
        Text.require("description", description);
        Text.require("grain", grain);
        key = List.copyOf(key);
        limits = List.copyOf(limits);
        usedBy = List.copyOf(usedBy);
        columns = List.copyOf(columns);
    }
}
