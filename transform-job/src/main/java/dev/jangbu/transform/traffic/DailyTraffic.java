package dev.jangbu.transform.traffic;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A day's visits by where they came from, and of GA4 what visitors did with each item and the purchases by transaction; each
 * of them once a day, for which of two counts is right nobody could tell.
 */
public final class DailyTraffic implements RecordMapper {
    private static final Table VISITS = Table.of(
            "web_daily",
            "account_id",
            "traffic_source",
            "traffic_date",
            "channel_group",
            "source_name",
            "medium",
            "sessions",
            "users",
            "purchases",
            "revenue",
            "is_approximate");

    private static final Table ITEMS = Table.of(
            "web_item_daily",
            "account_id",
            "traffic_date",
            "item_id",
            "item_name",
            "items_viewed",
            "items_added_to_cart",
            "items_purchased",
            "item_revenue",
            "is_approximate");

    private static final Table TRANSACTIONS = Table.of(
            "web_transaction",
            "account_id",
            "traffic_date",
            "transaction_id",
            "purchases",
            "revenue",
            "is_approximate");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("[uuuu-MM-dd][uuuuMMdd]").withResolverStyle(ResolverStyle.STRICT);
    private static final String NOT_SET = "(not set)";

    private final Shop shop;
    private final String source;
    private final Set<List<String>> seen = new HashSet<>();

    private DailyTraffic(Shop shop, String source) {
        this.shop = shop;
        this.source = source;
    }

    /** Reports of Google Analytics 4. */
    public static RecordMapper ga4(Shop shop) {
        return new DailyTraffic(shop, "GA4");
    }

    /** Exports of Universal Analytics, which counts no more. */
    public static RecordMapper ua(Shop shop) {
        return new DailyTraffic(shop, "UA");
    }

    @Override
    public List<Table> tables() {
        return List.of(VISITS, ITEMS, TRANSACTIONS);
    }

    @Override
    public List<Row> map(RecordFields record) {
        if (record.has("item")) {
            return List.of(item(record.object("item")));
        }
        if (record.has("transaction")) {
            return List.of(transaction(record.object("transaction")));
        }
        return List.of(visits(record));
    }

    private Row visits(RecordFields record) {
        LocalDate day = day(record);
        String group = told(record, "sessionDefaultChannelGroup");
        String name = told(record, "sessionSource");
        String medium = told(record, "sessionMedium");
        once(record, VISITS, day, group, name, medium);
        return new Row(VISITS)
                .text(shop.accountId())
                .text(source)
                .date(day)
                .text(group)
                .text(name)
                .text(medium)
                .number(record.requiredCount("sessions"))
                .number(record.requiredCount("totalUsers"))
                .number(record.requiredCount("ecommercePurchases"))
                .money(record.requiredAmount("purchaseRevenue"))
                .flag(isApproximate(record));
    }

    private Row item(RecordFields record) {
        LocalDate day = day(record);
        String id = told(record, "itemId");
        String name = told(record, "itemName");
        once(record, ITEMS, day, id, name);
        return new Row(ITEMS)
                .text(shop.accountId())
                .date(day)
                .text(id)
                .text(name)
                .number(record.requiredCount("itemsViewed"))
                .number(record.requiredCount("itemsAddedToCart"))
                .number(record.requiredCount("itemsPurchased"))
                .money(record.requiredAmount("itemRevenue"))
                .flag(isApproximate(record));
    }

    private Row transaction(RecordFields record) {
        LocalDate day = day(record);
        String id = told(record, "transactionId");
        once(record, TRANSACTIONS, day, id);
        return new Row(TRANSACTIONS)
                .text(shop.accountId())
                .date(day)
                .text(id)
                .number(record.requiredCount("ecommercePurchases"))
                .money(record.requiredAmount("purchaseRevenue"))
                .flag(isApproximate(record));
    }

    private void once(RecordFields record, Table table, LocalDate day, String... what) {
        List<String> key = Stream.concat(Stream.of(table.name(), day.toString()), Stream.of(what))
                .toList();
        if (!seen.add(key)) {
            record.fail(RecordCheck.UNIQUE_ITEM, "date", day + " " + String.join(" / ", what), "each once");
        }
    }

    private static boolean isApproximate(RecordFields record) {
        return Boolean.TRUE.equals(record.flag("approximate"));
    }

    private static String told(RecordFields record, String name) {
        return Objects.requireNonNullElse(record.text(name), NOT_SET);
    }

    private static LocalDate day(RecordFields record) {
        String told = record.requiredText("date");
        try {
            LocalDate day = told.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(told, DAY);
            return told.isEmpty() || record.isValid(day, "date") ? day : LocalDate.EPOCH;
        } catch (DateTimeException notADay) {
            record.fail(RecordCheck.TIMESTAMP_VALID, "date", told, "YYYYMMDD or YYYY-MM-DD");
            return LocalDate.EPOCH;
        }
    }
}
