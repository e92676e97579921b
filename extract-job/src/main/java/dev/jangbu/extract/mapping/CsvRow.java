package dev.jangbu.extract.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a CSV file.
 *
 * @param positions of the file's columns by name
 * @param fields as many as columns
 */
record CsvRow(Map<String, Integer> positions, List<String> fields) implements Row {
    private static final char UNIT_SEPARATOR = '\u001F';
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public @Nullable String text(String column) {
        Integer position = positions.get(column);
        if (position == null) {
            return null;
        }
        String field = fields.get(position);
        if (field.indexOf(REPLACEMENT) >= 0) {
            throw new UnmappableRow(column + ": not text of the file's encoding");
        }
        return field.isEmpty() ? null : field;
    }

    @Override
    public String whole() {
        return String.join(String.valueOf(UNIT_SEPARATOR), fields);
    }

    @Override
    public List<Row> each(String column) {
        return List.of();
    }

    @Override
    public Object raw() {
        return fields;
    }
}
