package dev.jangbu.transform.refunds;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.util.List;

/** Refunds of Cafe24. */
public final class Cafe24Refunds implements RecordMapper {
    private static final Table TABLE = Table.of(
            "refund",
            "account_id",
            "refund_id",
            "order_id",
            "item_ids",
            "amount",
            "points",
            "status",
            "requested_at",
            "completed_at");

    private final Shop shop;

    public Cafe24Refunds(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<Row> map(RecordFields refund) {
        return List.of(new Row(TABLE)
                .text(shop.accountId())
                .text(refund.requiredText("refund_code"))
                .text(refund.requiredText("order_id"))
                .text(String.join(" ", refund.texts("order_item_code")))
                .money(refund.requiredAmount("actual_refund_amount"))
                .money(refund.amountOrZero("used_points").add(refund.amountOrZero("used_credits")))
                .text(status(refund))
                .instant(refund.instant("accepted_refund_date"))
                .instant(refund.instant("refund_date")));
    }

    /** Cafe24 says T of a refund that was paid out, F of one that is to be. */
    private static String status(RecordFields refund) {
        String told = refund.requiredText("status");
        if (told.equals("T")) {
            return "DONE";
        }
        if (told.equals("F")) {
            return "REQUESTED";
        }
        if (!told.isEmpty()) {
            refund.fail(RecordCheck.STATUS_KNOWN, "status", told, "T or F");
        }
        return "UNKNOWN";
    }
}
