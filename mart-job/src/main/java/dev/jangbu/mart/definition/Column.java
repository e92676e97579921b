package dev.jangbu.mart.definition;

/**
 * A column of a mart or a view.
 *
 * @param type as PostgreSQL's {@code format_type} writes it
 * @param description one text, the column's COMMENT
 */
public record Column(String name, String type, boolean nullable, String description) {
    public Column {
        Text.require("column", name);
        Text.require(name + ".type", type);
        Text.require(name + ".description", description);
    }
}
