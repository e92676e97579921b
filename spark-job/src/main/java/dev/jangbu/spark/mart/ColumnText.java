package dev.jangbu.spark.mart;

import dev.jangbu.mart.definition.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value of Spark's as COPY takes it into a mart's column, rounded as PostgreSQL rounds what is assigned to one. */
final class ColumnText {
    private static final Pattern WITH_SCALE = Pattern.compile("numeric\\(\\d+,(\\d+)\\)");

    private ColumnText() {}

    /** @param value not null: text, a number, a date, an instant or a duration, told by Java as ISO 8601 has them */
    static String of(Object value, Column column) {
        return value instanceof BigDecimal number ? rounded(number, column.type()) : value.toString();
    }

    private static String rounded(BigDecimal number, String type) {
        Matcher scale = WITH_SCALE.matcher(type);
        if (scale.matches()) {
            return number.setScale(Integer.parseInt(scale.group(1)), RoundingMode.HALF_UP)
                    .toPlainString();
        }
        boolean isWhole = type.equals("bigint") || type.equals("integer");
        return (isWhole ? number.setScale(0, RoundingMode.HALF_UP) : number).toPlainString();
    }
}
