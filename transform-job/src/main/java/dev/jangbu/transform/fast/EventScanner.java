package dev.jangbu.transform.fast;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.FieldKind;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Scans a line that is an ordinary event which passes every check it can pass by itself. It takes no other: where it says
 * no, the plain checker finds out what the line is. Of one thread.
 */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class EventScanner {
    /** The line is for the plain checker. */
    static final int NONE = -1;

    private static final Field[] FIELDS = Field.values();
    private static final WordTable KEYS =
            new WordTable(Arrays.stream(FIELDS).map(Field::fieldName).toList());
    private static final WordTable[] WORDS =
            Arrays.stream(FIELDS).map(field -> new WordTable(field.words())).toArray(WordTable[]::new);
    private static final int PLATFORM = Field.PLATFORM.ordinal();
    private static final int DEVICE = Field.DEVICE_TYPE.ordinal();
    private static final int OS = Field.OS.ordinal();
    private static final int TYPE = Field.EVENT_TYPE.ordinal();
    private static final int TOTAL = Field.TOTAL_AMOUNT.ordinal();
    private static final int EXTRA_DATA = Field.EXTRA_DATA.ordinal();
    private static final int PURCHASE = EventType.PURCHASE.ordinal();
    private static final int WEB = 0;
    private static final int MOBILE = Field.DEVICE_TYPE.words().indexOf("mobile");
    private static final int[] SYSTEMS = {
        NONE, Field.OS.words().indexOf("iOS"), Field.OS.words().indexOf("Android")
    };

    final int[] from = new int[FIELDS.length];
    final int[] to = new int[FIELDS.length];
    /** The index of the word a field holds. */
    final int[] word = new int[FIELDS.length];

    final ValueScanner values = new ValueScanner();
    final TimeScanner times;
    final OrderScanner order;
    /** A bit for each field that has a value. */
    long present;
    /** A bit for each text that holds a comma. */
    long quoted;

    long idHigh;
    long idLow;
    long instant;

    private final FieldLimits limits;
    private final IdPatterns patterns;
    private final long[] required;
    private final long mayBeRequired;
    private final boolean isDayValid;
    private long keys;
    private long total;

    EventScanner(Contract contract, BusinessCalendar calendar, LocalDate businessDate) {
        this.times = new TimeScanner(calendar, businessDate);
        this.order = new OrderScanner(contract, values);
        this.limits = new FieldLimits(contract);
        this.patterns = new IdPatterns(contract);
        this.required = RequiredMasks.of(contract);
        this.mayBeRequired = RequiredMasks.any(contract);
        this.isDayValid =
                businessDate.getYear() >= contract.firstYear() && businessDate.getYear() <= contract.lastYear();
    }

    /** Scans the line that begins at {@code start}; returns the index of its line break. */
    int scan(byte[] bytes, int start) {
        present = 0;
        quoted = 0;
        keys = 0;
        int at = blanks(bytes, start);
        if (bytes[at] != '{') {
            return NONE;
        }
        do {
            at = blanks(bytes, at + 1);
            at = bytes[at] == '"' ? member(bytes, at + 1) : NONE;
            if (at == NONE) {
                return NONE;
            }
            at = blanks(bytes, at);
        } while (bytes[at] == ',');
        if (bytes[at] != '}') {
            return NONE;
        }
        at = blanks(bytes, at + 1);
        return bytes[at] == '\n' && passes() ? at : NONE;
    }

    static int blanks(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    /** A key from behind its quote, and its value; returns the index behind the value. */
    private int member(byte[] bytes, int start) {
        int field = KEYS.find(bytes, start);
        if (field == WordTable.NONE || (keys & 1L << field) != 0) {
            return NONE;
        }
        keys |= 1L << field;
        int at = blanks(bytes, start + KEYS.length(field) + 1);
        if (bytes[at] != ':') {
            return NONE;
        }
        at = blanks(bytes, at + 1);
        if (bytes[at] == 'n') {
            return nothing(bytes, at);
        }
        present |= 1L << field;
        if (bytes[at] == '{') {
            return field == EXTRA_DATA ? order.scan(bytes, at) : NONE;
        }
        return bytes[at] == '"' ? string(bytes, at + 1, field) : literal(bytes, at, field);
    }

    /** A null; returns the index behind it. */
    static int nothing(byte[] bytes, int at) {
        return bytes[at + 1] == 'u' && bytes[at + 2] == 'l' && bytes[at + 3] == 'l' ? at + 4 : NONE;
    }

    private int string(byte[] bytes, int start, int field) {
        from[field] = start;
        int end =
                switch (FIELDS[field].kind()) {
                    case UUID -> uuid(bytes, start);
                    case ID -> id(bytes, start, field);
                    case WORD -> word(bytes, start, field);
                    case TIME -> time(bytes, start);
                    case TEXT -> text(bytes, start, field);
                    case INTEGER, AMOUNT, BOOLEAN, OBJECT -> NONE;
                };
        to[field] = end;
        return end == NONE ? NONE : end + 1;
    }

    private int uuid(byte[] bytes, int start) {
        int end = values.uuid(bytes, start);
        idHigh = values.high;
        idLow = values.low;
        return end;
    }

    private int id(byte[] bytes, int start, int field) {
        int end = values.id(bytes, start);
        return end == NONE || patterns.match(field, bytes, start, end) ? end : NONE;
    }

    private int word(byte[] bytes, int start, int field) {
        int found = WORDS[field].find(bytes, start);
        word[field] = found;
        return found == WordTable.NONE ? NONE : start + WORDS[field].length(found);
    }

    private int time(byte[] bytes, int start) {
        instant = times.scan(bytes, start);
        return instant == TimeScanner.NONE || bytes[times.end()] != '"' ? NONE : times.end();
    }

    private int text(byte[] bytes, int start, int field) {
        int end = values.text(bytes, start);
        if (end == NONE || !limits.contains(field, values.characters)) {
            return NONE;
        }
        if ((mayBeRequired & 1L << field) != 0 && !startsVisibly(bytes[start])) {
            return NONE;
        }
        if (values.hasComma || end == start) {
            quoted |= 1L << field;
        }
        return end;
    }

    /** Whether a text cannot be blank: its first byte is visible ASCII, or leads a Hangul syllable. */
    private static boolean startsVisibly(byte first) {
        return first > ' ' || (first >= (byte) 0xea && first <= (byte) 0xed);
    }

    private int literal(byte[] bytes, int start, int field) {
        from[field] = start;
        int end =
                switch (FIELDS[field].kind()) {
                    case INTEGER -> values.integer(bytes, start);
                    case AMOUNT -> values.amount(bytes, start);
                    case BOOLEAN -> bool(bytes, start);
                    case UUID, ID, WORD, TIME, TEXT, OBJECT -> NONE;
                };
        to[field] = end;
        boolean isNumber = FIELDS[field].kind() != FieldKind.BOOLEAN;
        if (field == TOTAL) {
            total = values.number;
        }
        return end == NONE || (isNumber && !limits.contains(field, values.number)) ? NONE : end;
    }

    private static int bool(byte[] bytes, int at) {
        if (bytes[at] == 't') {
            return bytes[at + 1] == 'r' && bytes[at + 2] == 'u' && bytes[at + 3] == 'e' ? at + 4 : NONE;
        }
        boolean isFalse = bytes[at] == 'f'
                && bytes[at + 1] == 'a'
                && bytes[at + 2] == 'l'
                && bytes[at + 3] == 's'
                && bytes[at + 4] == 'e';
        return isFalse ? at + 5 : NONE;
    }

    private boolean passes() {
        if (!isDayValid || !has(TYPE) || (present & required[word[TYPE]]) != required[word[TYPE]]) {
            return false;
        }
        if (has(EXTRA_DATA) && (word[TYPE] != PURCHASE || !has(TOTAL) || !order.makes(total))) {
            return false;
        }
        int platform = word[PLATFORM];
        return platform == WEB
                || ((!has(DEVICE) || word[DEVICE] == MOBILE) && (!has(OS) || word[OS] == SYSTEMS[platform]));
    }

    /** Whether it is a purchase that tells its products. */
    boolean carriesOrder() {
        return has(EXTRA_DATA);
    }

    private boolean has(int field) {
        return (present & 1L << field) != 0;
    }
}
