package dev.jangbu.extract.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How one field's value comes from the rows of a record; null is the field's absence. Immutable. */
sealed interface Expression {
    /** @param rows of the record, at least one */
    @Nullable
    Object value(List<Row> rows);

    /** A column of the first row. */
    record OfColumn(Column column, Reading reading) implements Expression {
        @Override
        public @Nullable Object value(List<Row> rows) {
            return reading.value(column.text(rows.get(0)));
        }
    }

    /** The same for every record. */
    record Constant(Object constant) implements Expression {
        @Override
        public Object value(List<Row> rows) {
            return constant;
        }
    }

    /** Text with columns in braces; absent when one of them is. */
    record Template(String template) implements Expression {
        static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

        @Override
        public @Nullable Object value(List<Row> rows) {
            StringBuilder text = new StringBuilder();
            Matcher place = PLACE.matcher(template);
            while (place.find()) {
                String column = rows.get(0).text(place.group(1));
                if (column == null) {
                    return null;
                }
                place.appendReplacement(text, Matcher.quoteReplacement(column));
            }
            return place.appendTail(text).toString();
        }
    }

    /** An id that follows from the record's own rows: a repeated row has a repeated id. No columns: the whole rows. */
    record DerivedId(RowIds ids, List<Column> columns) implements Expression {
        public DerivedId {
            columns = List.copyOf(columns);
        }

        @Override
        public Object value(List<Row> rows) {
            return ids.of(rows, columns).toString();
        }
    }

    /** The sum over the record's rows of the columns' product; absent when one is no number. */
    record Sum(List<Column> factors) implements Expression {
        public Sum {
            factors = List.copyOf(factors);
        }

        @Override
        public @Nullable Object value(List<Row> rows) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Row row : rows) {
                BigDecimal product = product(row);
                if (product == null) {
                    return null;
                }
                sum = sum.add(product);
            }
            return sum;
        }

        private @Nullable BigDecimal product(Row row) {
            BigDecimal product = BigDecimal.ONE;
            for (Column factor : factors) {
                String text = factor.text(row);
                BigDecimal number = text == null ? null : Kind.number(text);
                if (number == null) {
                    return null;
                }
                product = product.multiply(number);
            }
            return product;
        }
    }

    /** A nested object; absent when all its members are. */
    record Nested(Map<String, Expression> members) implements Expression {
        public Nested {
            members = new LinkedHashMap<>(members);
        }

        @Override
        public @Nullable Object value(List<Row> rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            members.forEach((name, member) -> put(object, name, member.value(rows)));
            return object.isEmpty() ? null : object;
        }

        private static void put(Map<String, Object> object, String name, @Nullable Object value) {
            if (value != null) {
                object.put(name, value);
            }
        }
    }

    /** A list with an object for each row of the record. */
    record Lines(Nested line) implements Expression {
        @Override
        public @Nullable Object value(List<Row> rows) {
            return list(line, rows);
        }

        static @Nullable Object list(Nested line, List<Row> rows) {
            List<Object> list = new ArrayList<>();
            for (Row row : rows) {
                Object value = line.value(List.of(row));
                if (value != null) {
                    list.add(value);
                }
            }
            return list.isEmpty() ? null : list;
        }
    }

    /** A list with an object for each element of a list inside the first row. */
    record Each(String column, Nested element) implements Expression {
        @Override
        public @Nullable Object value(List<Row> rows) {
            return Lines.list(element, rows.get(0).each(column));
        }
    }
}
