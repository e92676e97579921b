package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.FieldKind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes the clean row of what an {@link EventScanner} has just scanned, as bytes. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class RowFormat {
    /** How much longer than its line a row may be. */
    static final int OVERHEAD = 256;

    private static final long COMMAS = 0x2c2c2c2c2c2c2c2cL;
    private static final long LOWER = 0x2020202020202020L;
    private static final int UUID_LENGTH = 36;
    private static final int EXTRA_DATA = Field.EXTRA_DATA.ordinal();
    private static final int COLUMNS = Field.values().length + 5;
    private static final int[] COLUMN = columns();
    private static final FieldKind[] KIND = kinds();
    private static final int LAST_OF_ORDER = COLUMN[EXTRA_DATA] + 3;

    private final byte[] date;

    RowFormat(LocalDate businessDate) {
        this.date = businessDate.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the index behind the row. The target must have room for the line and {@link #OVERHEAD} more. */
    int write(EventScanner event, byte[] line, byte[] target, int start) {
        System.arraycopy(date, 0, target, start, date.length);
        int at = start + date.length;
        int column = 0;
        for (long left = event.present; left != 0; left &= left - 1) {
            int field = Long.numberOfTrailingZeros(left);
            at = commas(target, at, COLUMN[field] - column);
            column = field == EXTRA_DATA ? LAST_OF_ORDER : COLUMN[field];
            at = value(event, field, line, target, at);
        }
        at = commas(target, at, COLUMNS - 1 - column);
        target[at] = '\n';
        return at + 1;
    }

    private static int commas(byte[] target, int at, int count) {
        for (int done = 0; done < count; done += Long.BYTES) {
            ByteWords.put(target, at + done, COMMAS);
        }
        return at + count;
    }

    private static int value(EventScanner event, int field, byte[] line, byte[] target, int at) {
        if (field == EXTRA_DATA) {
            return event.order.write(line, target, at);
        }
        int from = event.from[field];
        if (KIND[field] == FieldKind.TIME) {
            return event.times.write(event.instant, target, at);
        }
        if (KIND[field] == FieldKind.UUID) {
            return lowerCase(line, from, target, at);
        }
        int length = event.to[field] - from;
        if ((event.quoted & 1L << field) != 0) {
            target[at] = '"';
            int end = ByteWords.copy(line, from, target, at + 1, length);
            target[end] = '"';
            return end + 1;
        }
        return ByteWords.copy(line, from, target, at, length);
    }

    /** Digits and dashes of a UUID have the bit of the lower case set already. */
    private static int lowerCase(byte[] line, int from, byte[] target, int at) {
        for (int done = 0; done < UUID_LENGTH; done += Long.BYTES) {
            ByteWords.put(target, at + done, ByteWords.at(line, from + done) | LOWER);
        }
        return at + UUID_LENGTH;
    }

    /** The column of each field; {@code event_date} is 0, and {@code extra_data} stands for four. */
    private static int[] columns() {
        int[] columns = new int[Field.values().length];
        for (Field field : Field.values()) {
            columns[field.ordinal()] = field.ordinal() + (field.compareTo(Field.EXTRA_DATA) > 0 ? 4 : 1);
        }
        return columns;
    }

    private static FieldKind[] kinds() {
        FieldKind[] kinds = new FieldKind[Field.values().length];
        for (Field field : Field.values()) {
            kinds[field.ordinal()] = field.kind();
        }
        return kinds;
    }
}
