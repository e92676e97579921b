package dev.jangbu.spark.aggregate;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** How often a user clicked on a product in a session, and put it into a cart. */
final class Touch {
    private final UTF8String product;
    private final @Nullable UTF8String user;
    private long clicks;
    private long carts;

    Touch(UTF8String product, @Nullable UTF8String user) {
        this.product = product;
        this.user = user;
    }

    boolean isOf(UTF8String other, @Nullable UTF8String whose) {
        return product.equals(other) && Objects.equals(user, whose);
    }

    /** @param mark {@link Marks#CLICK} or {@link Marks#CART} */
    void add(int mark) {
        if (mark == Marks.CLICK) {
            clicks++;
        } else {
            carts++;
        }
    }

    InternalRow fact(int day) {
        return SessionFacts.touch(day, product, user, clicks, carts);
    }
}
