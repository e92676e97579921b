package dev.jangbu.transform.contract;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened, and which fields such an event must have. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
public enum EventType {
    PAGE_VIEW,
    CLICK,
    ADD_TO_CART,
    PURCHASE,
    SEARCH;

    /** The type of that name in a record, or null. */
    public static @Nullable EventType named(String name) {
        int index = Field.EVENT_TYPE.words().indexOf(name);
        return index < 0 ? null : values()[index];
    }

    /** In the order of {@link Field}; of no known type (null) what every event must have. A set of the caller's own. */
    static Set<Field> required(@Nullable EventType type) {
        EnumSet<Field> required = EnumSet.copyOf(Field.ALWAYS);
        required.add(Field.DEVICE_TYPE);
        if (type != null) {
            required.addAll(ofItsOwn(type));
        }
        return required;
    }

    private static Set<Field> ofItsOwn(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> EnumSet.of(Field.PAGE_URL, Field.PAGE_TYPE);
            case CLICK -> EnumSet.of(Field.PAGE_URL, Field.ELEMENT_ID, Field.ELEMENT_TYPE);
            case ADD_TO_CART -> EnumSet.of(Field.PRODUCT_ID, Field.QUANTITY, Field.UNIT_PRICE);
            case PURCHASE -> EnumSet.of(Field.ORDER_ID, Field.TOTAL_AMOUNT, Field.PAYMENT_METHOD);
            case SEARCH -> EnumSet.of(Field.SEARCH_QUERY, Field.RESULT_COUNT);
        };
    }
}
