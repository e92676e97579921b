package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Measure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Scans the products of an ordinary purchase, and keeps them as the CSV holds them: compact JSON in quotes. */
final class ProductScanner {
    private static final int NONE = ValueScanner.NONE;
    private static final int ID = 0;
    private static final int QUANTITY = 1;
    private static final int ALL_KEYS = 7;
    private static final WordTable KEYS = new WordTable(List.of("product_id", "quantity", "unit_price"));
    private static final byte[][] NAMES = {name("product_id"), name("quantity"), name("unit_price")};

    private final ValueScanner values;
    private final MeasureLimits quantityLimits;
    private final MeasureLimits priceLimits;
    private byte[] json = new byte[1024];
    private int length;
    private long sum;
    private long quantity;
    private long price;
    private int keys;

    ProductScanner(Contract contract, ValueScanner values) {
        this.values = values;
        this.quantityLimits = MeasureLimits.of(contract, Measure.PRODUCT_QUANTITY);
        this.priceLimits = MeasureLimits.of(contract, Measure.PRODUCT_PRICE);
    }

    /** Scans the array whose bracket is at {@code start}; returns the index behind it. It must not be empty. */
    int scan(byte[] bytes, int start) {
        length = 0;
        sum = 0;
        add('"');
        add('[');
        int at = start;
        do {
            if (length > 2) {
                add(',');
            }
            at = EventScanner.blanks(bytes, at + 1);
            at = bytes[at] == '{' ? product(bytes, at) : NONE;
            if (at == NONE) {
                return NONE;
            }
            at = EventScanner.blanks(bytes, at);
        } while (bytes[at] == ',');
        add(']');
        add('"');
        return bytes[at] == ']' ? at + 1 : NONE;
    }

    /** What the products cost, in hundredths. */
    long sum() {
        return sum;
    }

    int length() {
        return length;
    }

    int write(byte[] target, int at) {
        System.arraycopy(json, 0, target, at, length);
        return at + length;
    }

    private int product(byte[] bytes, int start) {
        keys = 0;
        int at = start;
        char before = '{';
        do {
            at = EventScanner.blanks(bytes, at + 1);
            add(before);
            before = ',';
            at = bytes[at] == '"' ? member(bytes, at + 1) : NONE;
            if (at == NONE) {
                return NONE;
            }
            at = EventScanner.blanks(bytes, at);
        } while (bytes[at] == ',');
        add('}');
        sum += quantity * price;
        return bytes[at] == '}' && keys == ALL_KEYS ? at + 1 : NONE;
    }

    private int member(byte[] bytes, int start) {
        int key = KEYS.find(bytes, start);
        if (key == WordTable.NONE || (keys & 1 << key) != 0) {
            return NONE;
        }
        keys |= 1 << key;
        add(NAMES[key], 0, NAMES[key].length);
        int at = EventScanner.blanks(bytes, start + KEYS.length(key) + 1);
        if (bytes[at] != ':') {
            return NONE;
        }
        at = EventScanner.blanks(bytes, at + 1);
        return key == ID ? id(bytes, at) : number(bytes, at, key);
    }

    private int id(byte[] bytes, int start) {
        int end = bytes[start] == '"' ? values.id(bytes, start + 1) : NONE;
        if (end == NONE) {
            return NONE;
        }
        add('"');
        add(bytes, start, end + 1 - start);
        add('"');
        return end + 1;
    }

    private int number(byte[] bytes, int start, int key) {
        int end = key == QUANTITY ? values.integer(bytes, start) : values.amount(bytes, start);
        if (end == NONE) {
            return NONE;
        }
        add(bytes, start, end - start);
        if (key == QUANTITY) {
            quantity = values.number;
            return quantityLimits.contains(quantity) ? end : NONE;
        }
        price = values.number;
        return priceLimits.contains(price) ? end : NONE;
    }

    private void add(char character) {
        reserve(1);
        json[length++] = (byte) character;
    }

    private void add(byte[] bytes, int from, int count) {
        reserve(count);
        System.arraycopy(bytes, from, json, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (length + count > json.length) {
            json = Arrays.copyOf(json, 2 * (length + count));
        }
    }

    private static byte[] name(String key) {
        return ("\"\"" + key + "\"\":").getBytes(StandardCharsets.US_ASCII);
    }
}
