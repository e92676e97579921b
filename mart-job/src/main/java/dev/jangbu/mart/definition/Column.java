package dev.jangbu.mart.definition;

/**
 * A column of a mart.
 *
 * @param type as PostgreSQL's {@code format_type} writes it
 * @param description one text, the column's COMMENT
 */
public record Column(String name, String type, boolean nullable, String description) {
    public Column {
        Identifier.requireName("column", name);
        Text.require(name + ".type", type);
        Text.require(name + ".description", description);
    }
}
