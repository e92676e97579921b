package dev.jangbu.sandbox.truth;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A line of the unified model. Amounts in won; points are no discount, they are a way to pay.
 *
 * @param day in Seoul, by the basis asked for
 * @param shopNo of the mall's shop; null elsewhere than in Cafe24
 * @param productNumber Cafe24's; SmartStore's channel number is 90,000 more
 */
public record TruthRow(
        String channel,
        String shop,
        LocalDate day,
        String orderId,
        String itemId,
        String place,
        @Nullable Integer shopNo,
        @Nullable String marketOrderId,
        int productNumber,
        int quantity,
        int remainingQuantity,
        long lineGross,
        long lineDiscount,
        long allocatedDiscount,
        long lineNet,
        String status,
        boolean isEverPaid,
        String orderedAt,
        @Nullable String paidAt) {}
