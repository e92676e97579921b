package dev.jangbu.extract.mapping;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows become one record: those with the same text in all the columns. A row in which one of the columns is absent,
 * or that one of the conditions turns away, is a record of its own.
 */
record Grouping(List<Column> columns, List<Condition> accept) {
    Grouping {
        columns = List.copyOf(columns);
        accept = List.copyOf(accept);
    }

    /** The group's name, or null for a row that stays alone. */
    @Nullable
    String key(Row row) {
        StringBuilder key = new StringBuilder();
        for (Column column : columns) {
            String text = column.text(row);
            if (text == null) {
                return null;
            }
            key.append(text).append('\u001F');
        }
        return accept.stream().allMatch(condition -> condition.holds(row)) ? key.toString() : null;
    }

    /** A number of at least {@code min}. */
    record Condition(Column column, BigDecimal min) {
        boolean holds(Row row) {
            String text = column.text(row);
            BigDecimal number = text == null ? null : Kind.number(text);
            return number != null && number.compareTo(min) >= 0;
        }
    }
}
