package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Measure;
import java.util.List;

/**
 * Scans the {@code extra_data} of an ordinary purchase: an object of known keys, each product with its id, quantity and
 * price. Of one thread.
 */
final class OrderScanner {
    private static final int NONE = ValueScanner.NONE;
    private static final int PRODUCTS = 0;
    private static final int DISCOUNT = 1;
    private static final int SHIPPING = 2;
    private static final int COUPON = 3;
    private static final WordTable KEYS =
            new WordTable(List.of("products", "discount_amount", "shipping_fee", "coupon_code"));
    private static final int COUPON_LENGTH = 1024;

    private final ValueScanner values;
    private final ProductScanner products;
    private final MeasureLimits discountLimits;
    private final MeasureLimits shippingLimits;
    private final long tolerance;
    private final int[] from = new int[KEYS.size()];
    private final int[] to = new int[KEYS.size()];
    private int keys;
    private int present;
    private boolean isCouponQuoted;
    private long discount;
    private long shipping;

    OrderScanner(Contract contract, ValueScanner values) {
        this.values = values;
        this.products = new ProductScanner(contract, values);
        this.discountLimits = MeasureLimits.of(contract, Measure.DISCOUNT_AMOUNT);
        this.shippingLimits = MeasureLimits.of(contract, Measure.SHIPPING_FEE);
        this.tolerance = MeasureLimits.hundredths(contract.amountTolerance());
    }

    /** Scans the object whose brace is at {@code start}; returns the index behind it. */
    int scan(byte[] bytes, int start) {
        keys = 0;
        present = 0;
        discount = 0;
        shipping = 0;
        int at = start;
        do {
            at = EventScanner.blanks(bytes, at + 1);
            at = bytes[at] == '"' ? member(bytes, at + 1) : NONE;
            if (at == NONE) {
                return NONE;
            }
            at = EventScanner.blanks(bytes, at);
        } while (bytes[at] == ',');
        return bytes[at] == '}' && isPresent(PRODUCTS) ? at + 1 : NONE;
    }

    /** Whether the order's parts make its total, in hundredths. */
    boolean makes(long total) {
        return Math.abs(total - (products.sum() - discount + shipping)) <= tolerance;
    }

    /** At most so many bytes are written for the order. */
    int size() {
        return products.length() + ByteWords.PADDING;
    }

    /** Writes discount, shipping, coupon and products as four columns; returns the index behind them. */
    int write(byte[] line, byte[] target, int start) {
        int at = value(line, DISCOUNT, target, start);
        target[at] = ',';
        at = value(line, SHIPPING, target, at + 1);
        target[at] = ',';
        at = coupon(line, target, at + 1);
        target[at] = ',';
        return products.write(target, at + 1);
    }

    private int member(byte[] bytes, int start) {
        int key = KEYS.find(bytes, start);
        if (key == WordTable.NONE || (keys & 1 << key) != 0) {
            return NONE;
        }
        keys |= 1 << key;
        int at = EventScanner.blanks(bytes, start + KEYS.length(key) + 1);
        if (bytes[at] != ':') {
            return NONE;
        }
        at = EventScanner.blanks(bytes, at + 1);
        if (bytes[at] == 'n') {
            return EventScanner.nothing(bytes, at);
        }
        present |= 1 << key;
        return switch (key) {
            case PRODUCTS -> bytes[at] == '[' ? products.scan(bytes, at) : NONE;
            case COUPON -> bytes[at] == '"' ? coupon(bytes, at + 1) : NONE;
            default -> amount(bytes, at, key);
        };
    }

    private int amount(byte[] bytes, int start, int key) {
        from[key] = start;
        int end = values.amount(bytes, start);
        to[key] = end;
        if (key == DISCOUNT) {
            discount = values.number;
            return end == NONE || !discountLimits.contains(discount) ? NONE : end;
        }
        shipping = values.number;
        return end == NONE || !shippingLimits.contains(shipping) ? NONE : end;
    }

    private int coupon(byte[] bytes, int start) {
        int end = values.text(bytes, start);
        from[COUPON] = start;
        to[COUPON] = end;
        isCouponQuoted = values.hasComma || end == start;
        return end == NONE || values.characters > COUPON_LENGTH ? NONE : end + 1;
    }

    private int coupon(byte[] line, byte[] target, int start) {
        if (!isPresent(COUPON) || !isCouponQuoted) {
            return value(line, COUPON, target, start);
        }
        target[start] = '"';
        int end = value(line, COUPON, target, start + 1);
        target[end] = '"';
        return end + 1;
    }

    private int value(byte[] line, int key, byte[] target, int at) {
        return isPresent(key) ? ByteWords.copy(line, from[key], target, at, to[key] - from[key]) : at;
    }

    private boolean isPresent(int key) {
        return (present & 1 << key) != 0;
    }
}
