package dev.jangbu.load.window;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One row of a clean file, as transform-job writes it: its columns in order, its hash without when it was read. */
public record CleanRow(String table, Map<String, String> columns, String observedAt) {
    public static final String ACCOUNT = "cafe24-hlogdemo";

    private static final String ORDER =
            "account_id=%s,order_id=%s,sub_channel=,ordered_at=2026-03-02T01:00:00.000000Z,ordered_on=2026-03-02,"
                    + "paid_at=2026-03-02T01:01:00.000000Z,customer_key=,currency=KRW,order_discount=0.00,"
                    + "shipping_fee=3000.00,points_used=0.00,paid_amount=,control_amount=,is_mobile=,is_first_order=,"
                    + "imported_from=,market_order_no=";
    private static final String ITEM =
            "account_id=%s,item_id=%s,order_id=%s,product_id=21,variant_code=,seller_code=,product_name=린넨 셔츠,"
                    + "option_text=,quantity=1,remaining_quantity=1,unit_price=10000.00,line_gross=10000.00,"
                    + "line_discount=0.00,item_status=PAID,claim_type=,claim_state=,raw_status=N10,line_kind=SALE,"
                    + "ever_paid=true,paid_at=2026-03-02T01:01:00.000000Z,paid_on=2026-03-02,shipped_at=,delivered_at=,"
                    + "confirmed_at=,claim_requested_at=,claim_done_at=,claim_done_on=,status_changed_at=,"
                    + "commission_amount=,settlement_amount=,package_number=,package_shipping_fee=";
    private static final String COUPON = "account_id=%s,order_id=%s,item_id=%s,coupon_code=%s,coupon_id=,"
            + "coupon_name=봄맞이,discount_amount=1000.00";

    private static final String CARD_SALE =
            "account_id=%s,sale_id=%d,created=2026-03-01T01:00:00.000000Z,modified=2026-03-01T01:00:00.000000Z,"
                    + "remark=,num_approval=30012345,card_company=신한카드,card_category=credit,"
                    + "card_number=5310-12**-****-3456,card_key=,amount_sale=12000.00,amount_fee=264.00,"
                    + "amount_deposit=11736.00,is_canceled=false,sold_at=%sT03:00:00.000000Z,"
                    + "will_deposited_at=,raw_data=,platform=van-a,daily_sale_id=,store_id=50,"
                    + "result_code=0000,result_msg=,extra_payment_id=,detail_status=,processing_status=,"
                    + "sale_date=%s";

    public static CleanRow order(String order, String observedAt) {
        return of("sales_order", ORDER.formatted(ACCOUNT, order), observedAt);
    }

    public static CleanRow item(String order, String item, String observedAt) {
        return of("order_item", ITEM.formatted(ACCOUNT, item, order), observedAt);
    }

    /** @param day on which it was sold */
    public static CleanRow cardSale(long sale, String day, String observedAt) {
        return of("card_sale", CARD_SALE.formatted(ACCOUNT, sale, day, day), observedAt);
    }

    static CleanRow orderCoupon(String order, String item, String code, String observedAt) {
        return of("order_coupon", COUPON.formatted(ACCOUNT, order, item, code), observedAt);
    }

    /** @param columns {@code name=value,…}, empty for NULL */
    static CleanRow of(String table, String columns, String observedAt) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String column : columns.split(",", -1)) {
            int equals = column.indexOf('=');
            values.put(column.substring(0, equals), column.substring(equals + 1));
        }
        return new CleanRow(table, values, observedAt);
    }

    /** The row with other values: {@code name=value,…}. */
    public CleanRow with(String changes) {
        Map<String, String> values = new LinkedHashMap<>(columns);
        of(table, changes, observedAt).columns.forEach((name, value) -> {
            if (values.replace(name, value) == null) {
                throw new IllegalArgumentException(name + ": no column of " + table);
            }
        });
        return new CleanRow(table, values, observedAt);
    }

    CleanRow seenAt(String instant) {
        return new CleanRow(table, columns, instant);
    }

    String header() {
        return String.join(",", columns.keySet()) + ",source_hash,observed_at\n";
    }

    String line() {
        String content = columns.values().stream().map(CleanRow::quoted).collect(Collectors.joining(","));
        return content + "," + sha256(content) + "," + observedAt + "\n";
    }

    /** An empty text is NULL here, but where a key must have one. */
    private static String quoted(String value) {
        return value.equals("''") ? "\"\"" : value;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
