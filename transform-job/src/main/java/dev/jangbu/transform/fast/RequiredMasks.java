package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Field;

/** The required fields of each event type, a bit a field. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class RequiredMasks {
    private RequiredMasks() {}

    /** By the ordinal of the type. */
    static long[] of(Contract contract) {
        long[] masks = new long[EventType.values().length];
        for (EventType type : EventType.values()) {
            for (Field field : contract.required(type)) {
                masks[type.ordinal()] |= 1L << field.ordinal();
            }
        }
        return masks;
    }

    /** Every field some type requires. */
    static long any(Contract contract) {
        long any = 0;
        for (long mask : of(contract)) {
            any |= mask;
        }
        return any;
    }
}
