package dev.jangbu.transform.records;

import dev.jangbu.transform.output.CsvRow;
import dev.jangbu.transform.reject.RawLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One row of a table being filled, column after column. Of one thread. */
public final class Row {
    private static final int MONEY_DECIMALS = 2;
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Table table;
    private final CsvRow csv = new CsvRow();
    private int columns;

    public Row(Table table) {
        this.table = table;
    }

    Table table() {
        return table;
    }

    public Row text(@Nullable String value) {
        csv.optional(value);
        columns++;
        return this;
    }

    /** Written alike however the source wrote it, so that it has the same hash. */
    public Row money(@Nullable BigDecimal value) {
        return text(
                value == null
                        ? null
                        : value.setScale(MONEY_DECIMALS, RoundingMode.UNNECESSARY)
                                .toPlainString());
    }

    public Row number(@Nullable Number value) {
        return text(value == null ? null : value.toString());
    }

    public Row flag(@Nullable Boolean value) {
        return text(value == null ? null : value.toString());
    }

    public Row instant(@Nullable Instant value) {
        return text(value == null ? null : told(value));
    }

    /** As an instant is written. */
    public static String told(Instant value) {
        return INSTANT.format(value);
    }

    public Row date(@Nullable LocalDate value) {
        return text(value == null ? null : value.toString());
    }

    /**
     * The row with its line break; of the same content with the same hash, whenever that was observed.
     *
     * @throws IllegalStateException when a column has no value
     */
    byte[] toBytes(Instant observedAt) {
        if (columns != table.content().size()) {
            throw new IllegalStateException(
                    table.name() + ": " + columns + " columns (expected: " + table.content() + ")");
        }
        String hash = HexFormat.of().formatHex(RawLine.newDigest().digest(csv.toBytes()));
        return text(hash).instant(observedAt).csv.toBytes();
    }
}
