package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order.
 *
 * @param remainingQuantity what is left after claims that are done
 * @param rawStatus the channel's own words
 * @param isExchangeOut whether it replaces another line, in which its price is
 * @param life its {@code paidAt} is null where it was never paid
 */
record OrderItem(
        String itemId,
        String orderId,
        Article article,
        int quantity,
        int remainingQuantity,
        Price price,
        StatusReading reading,
        String rawStatus,
        boolean isExchangeOut,
        Life life,
        @Nullable BigDecimal commission,
        @Nullable BigDecimal settlement,
        Parcel parcel) {
    static final Table TABLE = Table.of(
            "order_item",
            "account_id",
            "item_id",
            "order_id",
            "product_id",
            "variant_code",
            "seller_code",
            "product_name",
            "option_text",
            "quantity",
            "remaining_quantity",
            "unit_price",
            "line_gross",
            "line_discount",
            "item_status",
            "claim_type",
            "claim_state",
            "raw_status",
            "line_kind",
            "ever_paid",
            "paid_at",
            "paid_on",
            "shipped_at",
            "delivered_at",
            "confirmed_at",
            "claim_requested_at",
            "claim_done_at",
            "claim_done_on",
            "status_changed_at",
            "commission_amount",
            "settlement_amount",
            "package_number",
            "package_shipping_fee");

    Row row(Shop shop) {
        Claim claim = reading.claim();
        return new Row(TABLE)
                .text(shop.accountId())
                .text(itemId)
                .text(orderId)
                .text(article.productId())
                .text(article.variantCode())
                .text(article.sellerCode())
                .text(article.productName())
                .text(article.optionText())
                .number(quantity)
                .number(remainingQuantity)
                .money(price.unit())
                .money(price.gross())
                .money(price.discount())
                .text(reading.status().name())
                .text(claim.type() == null ? null : claim.type().name())
                .text(claim.state() == null ? null : claim.state().name())
                .text(rawStatus)
                .text(isExchangeOut ? "EXCHANGE_OUT" : "SALE")
                .flag(life.paidAt() != null)
                .instant(life.paidAt())
                .date(shop.dateOf(life.paidAt()))
                .instant(life.shippedAt())
                .instant(life.deliveredAt())
                .instant(life.confirmedAt())
                .instant(life.claimRequestedAt())
                .instant(life.claimDoneAt())
                .date(shop.dateOf(life.claimDoneAt()))
                .instant(life.statusChangedAt())
                .money(commission)
                .money(settlement)
                .text(parcel.number())
                .money(parcel.shippingFee());
    }
}
