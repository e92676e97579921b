package dev.jangbu.sandbox.shop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One product of an order. Amounts in won, of the whole line but for the two prices.
 *
 * @param claimQuantity how many of it are cancelled at {@code claimDoneAt}, while the rest is sent
 * @param marketItemId its id on the market the order was imported from
 * @param isPriceNumber the platform writes its amounts as numbers, for once
 */
public record Line(
        String id,
        int number,
        Product product,
        int option,
        int quantity,
        long unitPrice,
        long optionPrice,
        long additionalDiscount,
        long couponDiscount,
        Life life,
        int claimQuantity,
        @Nullable Instant claimDoneAt,
        @Nullable String marketItemId,
        boolean isPriceNumber) {
    public long gross() {
        return (unitPrice + optionPrice) * quantity;
    }

    public long discount() {
        return additionalDiscount + couponDiscount;
    }

    public long afterDiscount() {
        return gross() - discount();
    }

    public int claimedQuantity(Instant now) {
        return claimDoneAt == null || claimDoneAt.isAfter(now) ? 0 : claimQuantity;
    }

    public int remainingQuantity(Instant now) {
        return life.stateAt(now).isVoid() ? 0 : quantity - claimedQuantity(now);
    }

    public String optionText() {
        return product.options().get(option);
    }

    public Line withLife(Life other) {
        return new Line(
                id,
                number,
                product,
                option,
                quantity,
                unitPrice,
                optionPrice,
                additionalDiscount,
                couponDiscount,
                other,
                claimQuantity,
                claimDoneAt,
                marketItemId,
                isPriceNumber);
    }

    /** The same sale, seen on another platform. */
    Line imported(String otherId, int otherNumber) {
        return new Line(
                otherId,
                otherNumber,
                product,
                option,
                quantity,
                unitPrice,
                optionPrice,
                additionalDiscount,
                couponDiscount,
                life,
                claimQuantity,
                claimDoneAt,
                id,
                isPriceNumber);
    }
}
