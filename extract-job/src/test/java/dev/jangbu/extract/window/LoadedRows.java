package dev.jangbu.extract.window;

import dev.jangbu.testkit.TestDatabase;
import org.jspecify.annotations.Nullable;

/** Rows as load-job leaves them. */
public final class LoadedRows {
    private final TestDatabase database;
    private final String accountId;

    public LoadedRows(TestDatabase database) {
        this(database, "cafe24-hlogdemo");
    }

    public LoadedRows(TestDatabase database, String accountId) {
        this.database = database;
        this.accountId = accountId;
    }

    /** An order of one item. */
    public void order(String orderId, String orderedAt, String itemStatus, @Nullable String claimState) {
        database.execute("""
                INSERT INTO raw.sales_order (
                    account_id, order_id, tenant_id, channel_code, ordered_at, ordered_on, currency, item_gross,
                    item_discount, order_discount, item_count, status, has_open_claim, source_hash, observed_at,
                    first_seen_at, last_seen_at, loaded_run_id
                ) VALUES (
                    '%4$s', '%1$s', 'hlog', 'CAFE24', '%2$s', '2026-02-01', 'KRW', 1, 0, 0, 1, '%3$s', FALSE,
                    'h', '%2$s', '%2$s', '%2$s', 'r'
                )""".formatted(orderId, orderedAt, itemStatus, accountId));
        database.execute("""
                INSERT INTO raw.order_item (
                    account_id, item_id, order_id, product_name, quantity, remaining_quantity, unit_price, line_gross,
                    line_discount, allocated_discount, line_net, item_status, claim_state, raw_status, line_kind, ever_paid,
                    source_hash, observed_at, loaded_run_id
                ) VALUES (
                    '%5$s', '%1$s-01', '%1$s', 'p', 1, 1, 1, 1, 0, 0, 1, '%3$s', %4$s, 'N', 'SALE', TRUE,
                    'h', '%2$s', 'r'
                )""".formatted(
                orderId, orderedAt, itemStatus, claimState == null ? "NULL" : "'" + claimState + "'", accountId));
    }
}
