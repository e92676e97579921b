package dev.jangbu.transform.coupons;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coupons of Cafe24. */
public final class Cafe24Coupons implements RecordMapper {
    private static final Table TABLE = Table.of(
            "coupon",
            "account_id",
            "coupon_id",
            "coupon_name",
            "benefit_kind",
            "benefit_value",
            "max_discount",
            "min_order",
            "valid_from",
            "valid_to",
            "issued_count",
            "is_deleted",
            "created_at");

    private final Shop shop;

    /** What a coupon brings. */
    private enum Benefit {
        AMOUNT,
        PERCENT,
        SHIPPING,
        POINT,
        OTHER
    }

    public Cafe24Coupons(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<Row> map(RecordFields coupon) {
        @Nullable Boolean isDeleted = coupon.flag("deleted");
        @Nullable BigDecimal percent = coupon.amount("benefit_percentage");
        return List.of(new Row(TABLE)
                .text(shop.accountId())
                .text(coupon.requiredText("coupon_no"))
                .text(coupon.requiredText("coupon_name"))
                .text(benefit(coupon).name())
                .money(percent == null ? coupon.amount("benefit_price") : percent)
                .money(coupon.amount("benefit_percentage_max_price"))
                .money(coupon.amount("available_min_price"))
                .instant(coupon.instant("available_begin_datetime"))
                .instant(coupon.instant("available_end_datetime"))
                .number(coupon.count("issued_count"))
                .flag(isDeleted != null && isDeleted)
                .instant(coupon.instant("created_date")));
    }

    private static Benefit benefit(RecordFields coupon) {
        String type = coupon.requiredText("benefit_type");
        return switch (type) {
            case "A" -> Benefit.AMOUNT;
            case "B" -> Benefit.PERCENT;
            case "C", "D" -> Benefit.POINT;
            case "E", "H", "I", "J" -> Benefit.SHIPPING;
            case "F", "G", "" -> Benefit.OTHER;
            default -> {
                coupon.fail(RecordCheck.STATUS_KNOWN, "benefit_type", type, "one of A to J");
                yield Benefit.OTHER;
            }
        };
    }
}
