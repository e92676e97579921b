package dev.jangbu.mart.definition;

/** SQL files hold whole statements; a statement inside another must not end. */
final class Query {
    private Query() {}

    static String withoutTerminator(String sql) {
        String trimmed = sql.strip();
        return trimmed.endsWith(";")
                ? trimmed.substring(0, trimmed.length() - 1).strip()
                : trimmed;
    }
}
