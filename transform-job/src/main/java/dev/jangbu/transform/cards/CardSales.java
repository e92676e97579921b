package dev.jangbu.transform.cards;

import dev.jangbu.transform.records.Findings;
import dev.jangbu.transform.records.LineScanner;
import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordContract;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Payments by card as a database's table has them; in a weekly comparison also the keys of rows that are no more, and the
 * months that differ. What an id was before is asked in the order of the landing.
 */
public final class CardSales implements RecordMapper {
    private static final BigDecimal ROUNDING = BigDecimal.ONE;

    private final Shop shop;
    private final SeenSales seen = new SeenSales();

    public CardSales(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(CardTables.SALE, CardTables.VANISHED, CardTables.MONTH);
    }

    @Override
    public boolean isParallel() {
        return true;
    }

    @Override
    public LineScanner scanner(RecordContract contract) {
        return new SaleScanner(shop, contract, this);
    }

    @Override
    public List<Row> map(RecordFields record) {
        if (record.has("vanished_id")) {
            passOver(record);
            return List.of(
                    new Row(CardTables.VANISHED).text(shop.accountId()).number(record.requiredCount("vanished_id")));
        }
        if (record.has("month")) {
            passOver(record);
            return List.of(month(record));
        }
        return List.of(sale(record));
    }

    private Row sale(RecordFields record) {
        long id = record.requiredCount("id");
        Instant created = record.requiredInstant("created");
        Instant modified = record.requiredInstant("modified");
        Payment payment = Payment.of(record);
        if (!payment.isCanceled()) {
            record.findings().passOver(RecordCheck.CANCELED_AFTER_CREATED);
        } else if (!modified.isAfter(created)) {
            record.fail(
                    RecordCheck.CANCELED_AFTER_CREATED,
                    "modified",
                    modified.toString(),
                    "after " + created + ", when it was created, for it is cancelled");
        }
        askInOrder(record.findings(), id, ChronoUnit.MICROS.between(Instant.EPOCH, modified));
        return payment.row(shop, id, created, modified, record);
    }

    /** @param modified in microseconds */
    void askInOrder(Findings findings, long id, long modified) {
        findings.inOrder(() -> {
            if (!seen.see(id, modified)) {
                findings.fail(RecordCheck.UNIQUE_SALE, "id: " + id + " (expected: once, or again changed later)");
            }
        });
    }

    private static void passOver(RecordFields record) {
        record.findings().passOver(RecordCheck.UNIQUE_SALE);
        record.findings().passOver(RecordCheck.AMOUNT_SUM);
        record.findings().passOver(RecordCheck.CANCELED_AFTER_CREATED);
    }

    private Row month(RecordFields record) {
        return new Row(CardTables.MONTH)
                .text(shop.accountId())
                .date(firstDay(record))
                .number(record.requiredCount("stored_rows"))
                .number(record.requiredCount("source_rows"))
                .text(record.requiredText("stored_checksum"))
                .text(record.requiredText("source_checksum"));
    }

    private static LocalDate firstDay(RecordFields record) {
        String month = record.requiredText("month");
        try {
            LocalDate first = YearMonth.parse(month).atDay(1);
            return record.isValid(first, "month") ? first : LocalDate.EPOCH;
        } catch (DateTimeException notAMonth) {
            record.fail(RecordCheck.TIMESTAMP_VALID, "month", month, "YYYY-MM");
            return LocalDate.EPOCH;
        }
    }

    /** The sums of a payment that have to agree, and what was checked of it. */
    record Payment(
            BigDecimal amount,
            @Nullable BigDecimal fee,
            @Nullable BigDecimal deposit,
            boolean isCanceled,
            Instant soldAt,
            long storeId) {
        static Payment of(RecordFields record) {
            Payment payment = new Payment(
                    record.requiredSaleAmount("amount_sale"),
                    record.saleAmount("amount_fee"),
                    record.saleAmount("amount_deposit"),
                    record.requiredFlag("is_canceled"),
                    record.requiredInstant("sold_at"),
                    record.requiredCount("store_id"));
            payment.checkSum(record);
            return payment;
        }

        private void checkSum(RecordFields record) {
            if (fee == null || deposit == null || !record.has("amount_sale")) {
                record.findings().passOver(RecordCheck.AMOUNT_SUM);
                return;
            }
            BigDecimal sum = fee.add(deposit);
            if (amount.subtract(sum).abs().compareTo(ROUNDING) > 0) {
                record.fail(
                        RecordCheck.AMOUNT_SUM,
                        "amount_sale",
                        amount.toPlainString(),
                        "amount_fee and amount_deposit, " + sum.toPlainString() + ", within "
                                + ROUNDING.toPlainString());
            }
        }

        Row row(Shop shop, long id, @Nullable Instant created, @Nullable Instant modified, RecordFields record) {
            return new Row(CardTables.SALE)
                    .text(shop.accountId())
                    .number(id)
                    .instant(created)
                    .instant(modified)
                    .text(Masks.withoutNumbers(record, "remark"))
                    .text(record.text("num_approval"))
                    .text(record.text("card_company"))
                    .text(record.text("card_category"))
                    .text(Masks.masked(record, "card_number"))
                    .text(record.customerKey("card_key"))
                    .money(amount)
                    .money(fee)
                    .money(deposit)
                    .flag(isCanceled)
                    .instant(soldAt)
                    .instant(record.instant("will_deposited_at"))
                    .text(Masks.withoutNumbers(record, "raw_data"))
                    .text(record.text("platform"))
                    .number(record.count("daily_sale_id"))
                    .number(storeId)
                    .text(record.text("result_code"))
                    .text(record.text("result_msg"))
                    .text(record.text("extra_payment_id"))
                    .text(record.text("detail_status"))
                    .text(record.text("processing_status"))
                    .date(Objects.requireNonNull(shop.dateOf(soldAt)));
        }
    }
}
