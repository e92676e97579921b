package dev.jangbu.transform.cards;

import dev.jangbu.transform.records.Table;

/** What card sales are written to. */
final class CardTables {
    static final Table SALE = Table.of(
            "card_sale",
            "account_id",
            "sale_id",
            "created",
            "modified",
            "remark",
            "num_approval",
            "card_company",
            "card_category",
            "card_number",
            "card_key",
            "amount_sale",
            "amount_fee",
            "amount_deposit",
            "is_canceled",
            "sold_at",
            "will_deposited_at",
            "raw_data",
            "platform",
            "daily_sale_id",
            "store_id",
            "result_code",
            "result_msg",
            "extra_payment_id",
            "detail_status",
            "processing_status",
            "sale_date");

    static final Table STORE = Table.of("card_store", "account_id", "store_id", "name");

    /** Sales the source has no more. */
    static final Table VANISHED = Table.of("card_sale_vanished", "account_id", "sale_id");

    /** Months in which the source has other sales than are stored. */
    static final Table MONTH = Table.of(
            "card_month",
            "account_id",
            "month_start",
            "stored_rows",
            "source_rows",
            "stored_checksum",
            "source_checksum");

    private CardTables() {}
}
