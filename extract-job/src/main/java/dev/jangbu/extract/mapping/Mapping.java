package dev.jangbu.extract.mapping;

import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping file, read and checked.
 *
 * @param name part of every derived id, so it stays when the file is renamed
 * @param profile the contract profile its records are judged by
 * @param columns all that are read: each must be in the file
 * @param skip rows that are none of the dataset's business, by column and text: counted, not landed
 * @param fields in the order of the output
 */
public record Mapping(
        String name,
        String profile,
        FileFormat format,
        Set<Column> columns,
        TimeColumn time,
        List<Skip> skip,
        @Nullable Grouping grouping,
        Map<String, Field> fields) {
    public Mapping {
        columns = Set.copyOf(columns);
        skip = List.copyOf(skip);
        fields = new LinkedHashMap<>(fields);
    }

    /** How the files are written. */
    sealed interface FileFormat {
        /** @param columns names for a file without header; empty: the first row names them */
        record Csv(char delimiter, Charset encoding, List<String> columns) implements FileFormat {
            public Csv {
                columns = List.copyOf(columns);
            }
        }

        record JsonLines() implements FileFormat {}
    }

    /** Rows with one of these texts in the column are left out. */
    record Skip(Column column, Set<String> texts) {
        Skip {
            texts = Set.copyOf(texts);
        }

        boolean leavesOut(Row row) {
            String text = column.text(row);
            return text != null && texts.contains(text);
        }
    }

    /** The record of these rows, one or a group's. */
    Map<String, Object> record(List<Row> rows, OffsetDateTime at) {
        Map<String, Object> record = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            Object value = field.appliesTo(record) ? field.expression().value(rows) : null;
            if (value != null) {
                record.put(name, value);
            }
        });
        record.put(time.field(), DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at));
        return record;
    }

    /**
     * One field of the record.
     *
     * @param when only where these fields, mapped before, have one of these texts
     */
    record Field(Expression expression, Map<String, Set<String>> when) {
        Field {
            when = Map.copyOf(when);
        }

        boolean appliesTo(Map<String, Object> record) {
            return when.entrySet().stream()
                    .allMatch(
                            condition -> condition.getValue().contains(String.valueOf(record.get(condition.getKey()))));
        }
    }
}
