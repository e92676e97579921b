package dev.jangbu.spark.mart;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What Spark spells otherwise than PostgreSQL, of that which marts' queries use. A query is written once, in PostgreSQL's
 * spelling; functions Spark lacks are made in its session under their own names, see {@link JsonFunctions}.
 */
final class Dialect {
    /** A table without its schema: a view of a session has none. */
    static final String EVENTS = "raw_events";

    private static final String OPERAND = "\\b([a-z_]+(?:\\.[a-z_]+)?)";
    private static final String KEY = " '([a-z_]+)'";

    /** In the order in which they are applied. */
    static final List<Spelling> SPELLINGS = List.of(
            spelling("\\braw\\.raw_events\\b", EVENTS),
            spelling(OPERAND + " ->>" + KEY, "JSONB_EXTRACT_PATH_TEXT($1, '$2')"),
            spelling(OPERAND + " ->" + KEY, "JSONB_EXTRACT_PATH($1, '$2')"),
            spelling("\\bAS TEXT\\)", "AS STRING)"),
            // Without its precision NUMERIC has no decimals in Spark.
            spelling("\\bAS NUMERIC\\)", "AS DECIMAL(38, 18))"));

    private Dialect() {}

    /**
     * A row of the table.
     *
     * @param postgres keywords in capitals, names in small letters, one blank between words, as sqlfluff has it
     */
    record Spelling(Pattern postgres, String spark) {
        String in(String sql) {
            return postgres.matcher(sql).replaceAll(spark);
        }
    }

    static String toSpark(String query) {
        String sql = query;
        for (Spelling spelling : SPELLINGS) {
            sql = spelling.in(sql);
        }
        return sql;
    }

    private static Spelling spelling(String postgres, String spark) {
        return new Spelling(Pattern.compile(postgres), spark);
    }
}
