package dev.jangbu.transform.records;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Of which of a mall's shops a record of Cafe24 is. Products and categories have one number in all shops of a mall, but
 * names and prices of each; so in another shop than the first they are called by the shop's number too.
 */
public record MallShop(int number) {
    private static final int FIRST = 1;

    /** The first where the record names none. */
    public static MallShop of(RecordFields record) {
        return new MallShop(Objects.requireNonNullElse(record.quantity("shop_no"), FIRST));
    }

    /** {@code 21}, or {@code 2:21} in the second shop. */
    public @Nullable String id(@Nullable String id) {
        return id == null || number == FIRST ? id : number + ":" + id;
    }

    /** As {@link #id}, of one that is there. */
    public String requiredId(String id) {
        return number == FIRST ? id : number + ":" + id;
    }

    /** {@code mobile}, or {@code shop2.mobile} in the second shop. */
    public @Nullable String place(@Nullable String place) {
        return number == FIRST ? place : "shop" + number + "." + Objects.requireNonNullElse(place, "unknown");
    }
}
