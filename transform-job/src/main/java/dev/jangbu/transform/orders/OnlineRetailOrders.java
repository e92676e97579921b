package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Invoices of a wholesaler, each with its lines and what of them later invoices took back. An invoice counts as paid. */
public final class OnlineRetailOrders implements RecordMapper {
    private final Shop shop;
    private final SeenItems seen = new SeenItems();

    public OnlineRetailOrders(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(SalesOrder.TABLE, OrderItem.TABLE, OrderCoupon.TABLE);
    }

    @Override
    public List<Row> map(RecordFields record) {
        record.findings().passOver(RecordCheck.AMOUNT_SUM);
        seen.begin();
        String invoice = record.requiredText("invoice");
        Instant invoicedAt = record.requiredInstant("invoice_date");
        List<RecordFields> items = record.list("items");
        if (items.isEmpty()) {
            record.fail(RecordCheck.REQUIRED_FIELDS, "items", "none", "at least one");
        }
        List<Row> rows =
                new ArrayList<>(List.of(order(record, invoice, invoicedAt).row(shop)));
        items.forEach(item -> rows.add(item(item, invoice, invoicedAt).row(shop)));
        return rows;
    }

    private static SalesOrder order(RecordFields record, String invoice, Instant invoicedAt) {
        return new SalesOrder(
                invoice,
                record.text("country"),
                invoicedAt,
                invoicedAt,
                record.customerKey("customer_key"),
                record.requiredText("currency"),
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private OrderItem item(RecordFields item, String invoice, Instant invoicedAt) {
        String itemId = invoice + "-" + item.requiredText("line");
        seen.see(item, "line", itemId, invoice);
        int quantity = item.requiredQuantity("quantity");
        int canceled = Objects.requireNonNullElse(item.quantity("canceled_quantity"), 0);
        BigDecimal unit = item.requiredAmount("unit_price");
        Price price = new Price(unit, unit.multiply(BigDecimal.valueOf(quantity)), BigDecimal.ZERO);
        ItemRules.check(item, price, quantity, quantity - canceled);
        String article = item.requiredText("stock_code");
        ItemStatus status = canceled == quantity ? ItemStatus.CANCELED : ItemStatus.CONFIRMED;
        Claim claim = canceled == 0 ? Claim.NONE : new Claim(Claim.Type.CANCEL, Claim.State.DONE);
        @Nullable Instant canceledAt = item.instant("canceled_at");
        return new OrderItem(
                itemId,
                invoice,
                new Article(
                        article, null, article, Objects.requireNonNullElse(item.text("description"), article), null),
                quantity,
                quantity - canceled,
                price,
                StatusReading.of(status, claim),
                Objects.requireNonNullElse(item.text("cancel_invoice"), "invoiced"),
                false,
                new Life(invoicedAt, null, null, invoicedAt, canceledAt, canceledAt, null).in(status, invoicedAt, null),
                null,
                null,
                Parcel.NONE);
    }
}
