package dev.jangbu.load.clean;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a value of a clean file goes into PostgreSQL's binary COPY, by the type of its column. Taken is what transform-job
 * writes; in what reads otherwise {@link UnusualCsv} leaves the judgement to PostgreSQL.
 */
enum BinaryColumn {
    TEXT("text") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            row.addInt(to - from);
            row.add(csv, from, to);
        }
    },
    BIGINT("int8") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            row.addInt(Long.BYTES);
            boolean isNegative = csv[from] == '-';
            long value = digits(csv, isNegative ? from + 1 : from, to);
            row.addLong(isNegative ? -value : value);
        }
    },
    BOOLEAN("bool") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            row.addInt(1);
            row.addByte(isTrue(csv, from, to) ? 1 : 0);
        }
    },
    DATE("date") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            require(to - from == DATE_SIGNS);
            row.addInt(Integer.BYTES);
            row.addInt((int) day(csv, from));
        }
    },
    /** {@code 2026-01-02T10:00:00.123456Z}. */
    TIMESTAMP("timestamptz") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            require(to - from == TIME_SIGNS
                    && csv[from + 10] == 'T'
                    && csv[from + 13] == ':'
                    && csv[from + 16] == ':'
                    && csv[from + 19] == '.'
                    && csv[from + 26] == 'Z');
            int hour = pair(csv, from + 11);
            int minute = pair(csv, from + 14);
            int second = pair(csv, from + 17);
            require(hour < 24 && minute < 60 && second < 60);
            int micros = pair(csv, from + 20) * 10_000 + pair(csv, from + 22) * 100 + pair(csv, from + 24);
            row.addInt(Long.BYTES);
            row.addLong((day(csv, from) * 86_400 + hour * 3_600L + minute * 60L + second) * 1_000_000 + micros);
        }
    },
    /** Groups of four digits, counted from the decimal point. */
    NUMERIC("numeric") {
        @Override
        void add(BinaryBytes row, byte[] csv, int from, int to) {
            boolean isNegative = csv[from] == '-';
            int start = isNegative ? from + 1 : from;
            int point = start;
            while (point < to && csv[point] != '.') {
                point++;
            }
            int decimals = Math.max(0, to - point - 1);
            require(decimals <= GROUP && (point == to || decimals > 0));
            long whole = digits(csv, start, point);
            long part = decimals == 0 ? 0 : digits(csv, point + 1, to);
            for (int more = decimals; more < GROUP; more++) {
                part *= 10;
            }
            add(row, isNegative, whole, (int) part, decimals);
        }

        private void add(BinaryBytes row, boolean isNegative, long whole, int part, int decimals) {
            int groups = 0;
            for (long rest = whole; rest > 0; rest /= GROUP_VALUES) {
                groups++;
            }
            row.addInt(2 * (groups + 5));
            row.addShort(groups + 1);
            row.addShort(groups - 1);
            row.addShort(isNegative ? MINUS : 0);
            row.addShort(decimals);
            long unit = 1;
            for (int group = 1; group < groups; group++) {
                unit *= GROUP_VALUES;
            }
            for (long rest = whole; unit > 0 && groups > 0; unit /= GROUP_VALUES) {
                row.addShort((int) (rest / unit));
                rest %= unit;
            }
            row.addShort(part);
        }
    };

    private static final int DATE_SIGNS = 10;
    private static final int TIME_SIGNS = 27;
    private static final int MOST_DIGITS = 18;
    private static final int GROUP = 4;
    private static final long GROUP_VALUES = 10_000;
    private static final int MINUS = 0x4000;
    private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private final String type;

    BinaryColumn(String type) {
        this.type = type;
    }

    /** Of the type's name in {@code pg_type}; empty for those clean files are not written for. */
    static Optional<BinaryColumn> of(String type) {
        return Arrays.stream(values())
                .filter(column -> column.type.equals(type))
                .findFirst();
    }

    /**
     * The value with its length before it.
     *
     * @param csv the value without quotes, at least one byte of it where the column is no text
     * @throws UnusualCsv when it is not written as transform-job does
     */
    abstract void add(BinaryBytes row, byte[] csv, int from, int to);

    private static long digits(byte[] csv, int from, int to) {
        require(to > from && to - from <= MOST_DIGITS);
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + digit(csv[at]);
        }
        return number;
    }

    private static int pair(byte[] csv, int at) {
        return digit(csv[at]) * 10 + digit(csv[at + 1]);
    }

    private static int digit(byte sign) {
        require(sign >= '0' && sign <= '9');
        return sign - '0';
    }

    private static boolean isTrue(byte[] csv, int from, int to) {
        require(is("true", csv, from, to) || is("false", csv, from, to));
        return csv[from] == 't';
    }

    private static boolean is(String word, byte[] csv, int from, int to) {
        boolean isSame = word.length() == to - from;
        for (int at = 0; isSame && at < word.length(); at++) {
            isSame = csv[from + at] == word.charAt(at);
        }
        return isSame;
    }

    /** Days since 2000-01-01, as PostgreSQL counts them. */
    private static long day(byte[] csv, int from) {
        require(csv[from + 4] == '-' && csv[from + 7] == '-');
        int year = pair(csv, from) * 100 + pair(csv, from + 2);
        require(year > 0);
        try {
            return LocalDate.of(year, pair(csv, from + 5), pair(csv, from + 8)).toEpochDay() - FIRST_DAY;
        } catch (DateTimeException noDate) {
            throw new UnusualCsv("no date");
        }
    }

    private static void require(boolean isUsual) {
        if (!isUsual) {
            throw new UnusualCsv("a value");
        }
    }
}
