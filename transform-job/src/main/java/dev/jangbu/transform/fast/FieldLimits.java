package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.FieldKind;
import dev.jangbu.transform.contract.Limits;
import dev.jangbu.transform.contract.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A contract's limits by field as plain numbers; those of money in hundredths. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class FieldLimits {
    private final long[] min = new long[Field.values().length];
    private final long[] max = new long[Field.values().length];

    FieldLimits(Contract contract) {
        for (Field field : Field.values()) {
            switch (field.kind()) {
                case INTEGER, AMOUNT -> set(field, contract.limits(Measure.of(field)));
                case TEXT -> {
                    min[field.ordinal()] = field.minLength();
                    max[field.ordinal()] = field.maxLength();
                }
                case UUID, WORD, ID, TIME, BOOLEAN, OBJECT -> {}
            }
        }
    }

    boolean contains(int field, long value) {
        return value >= min[field] && value <= max[field];
    }

    private void set(Field field, Limits limits) {
        int scale = field.kind() == FieldKind.AMOUNT ? 2 : 0;
        min[field.ordinal()] = scaled(limits.min(), scale, RoundingMode.CEILING);
        max[field.ordinal()] = scaled(limits.max(), scale, RoundingMode.FLOOR);
    }

    private static long scaled(BigDecimal limit, int scale, RoundingMode rounding) {
        return limit.setScale(scale, rounding).unscaledValue().longValueExact();
    }
}
