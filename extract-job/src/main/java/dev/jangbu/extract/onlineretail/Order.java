package dev.jangbu.extract.onlineretail;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as it lands. Times are ISO 8601 with the business zone's offset; what is no number or no time lands as the
 * text it is, for the checks.
 *
 * @param customerKey null where nobody is named, or where they were erased
 */
record Order(
        String invoice,
        String invoiceDate,
        @Nullable String customerKey,
        String country,
        String currency,
        List<Item> items) {
    private static final String CURRENCY = "GBP";

    Order {
        items = List.copyOf(items);
    }

    /**
     * A line of it.
     *
     * @param canceledQuantity pieces taken back by later invoices
     * @param canceledAt when last some were; null where none were
     * @param cancelInvoice that last took some back
     */
    record Item(
            int line,
            String stockCode,
            String description,
            Object quantity,
            Object unitPrice,
            long canceledQuantity,
            @Nullable String canceledAt,
            @Nullable String cancelInvoice) {
        static Item of(Sale sale, ZoneId zone) {
            InvoiceLine line = sale.line();
            LocalDateTime canceledAt = sale.canceledAt();
            return new Item(
                    line.line(),
                    line.stockCode(),
                    line.description(),
                    InvoiceLine.exact(line.quantity()),
                    InvoiceLine.exact(line.unitPrice()),
                    sale.canceled(),
                    canceledAt == null ? null : time(canceledAt, zone),
                    sale.cancelInvoice());
        }
    }

    /** @param lines of one invoice, at least one */
    static Order of(List<Sale> lines, @Nullable String customerKey, ZoneId zone) {
        InvoiceLine first = lines.get(0).line();
        LocalDateTime at = first.at();
        return new Order(
                first.invoice(),
                at == null ? first.date() : time(at, zone),
                customerKey,
                first.country(),
                CURRENCY,
                lines.stream().map(sale -> Item.of(sale, zone)).toList());
    }

    static String time(LocalDateTime local, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atZone(zone));
    }
}
