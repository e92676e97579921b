package dev.jangbu.transform.orders;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is sent together, and what sending it costs; both null where the channel has no such thing. */
record Parcel(@Nullable String number, @Nullable BigDecimal shippingFee) {
    static final Parcel NONE = new Parcel(null, null);
}
