package dev.jangbu.mart.definition;

import java.util.regex.Pattern;

/** Names that become part of SQL text: only plain lower-case ones, so that no quoting is ever needed. */
final class Identifier {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern TABLE = Pattern.compile(NAME + "\\." + NAME);

    private Identifier() {}

    static boolean isName(String value) {
        return NAME.matcher(value).matches();
    }

    /** @throws IllegalArgumentException when it is not a plain name */
    static String requireName(String what, String value) {
        return require(NAME, what, value, "a name such as order_id");
    }

    /** @throws IllegalArgumentException when it is not schema.table */
    static String requireTable(String what, String value) {
        return require(TABLE, what, value, "schema.table such as mart.mart_orders");
    }

    private static String require(Pattern pattern, String what, String value, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
        }
        return value;
    }
}
