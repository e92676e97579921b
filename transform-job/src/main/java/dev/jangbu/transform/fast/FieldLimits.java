package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.Measure;

/** A contract's limits by field as plain numbers; those of money in hundredths. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class FieldLimits {
    private final long[] min = new long[Field.values().length];
    private final long[] max = new long[Field.values().length];

    FieldLimits(Contract contract) {
        for (Field field : Field.values()) {
            switch (field.kind()) {
                case INTEGER, AMOUNT -> set(field, MeasureLimits.of(contract, Measure.of(field)));
                case TEXT -> set(field, new MeasureLimits(field.minLength(), field.maxLength()));
                case UUID, WORD, ID, TIME, BOOLEAN, OBJECT -> {}
            }
        }
    }

    boolean contains(int field, long value) {
        return value >= min[field] && value <= max[field];
    }

    private void set(Field field, MeasureLimits limits) {
        min[field.ordinal()] = limits.min();
        max[field.ordinal()] = limits.max();
    }
}
