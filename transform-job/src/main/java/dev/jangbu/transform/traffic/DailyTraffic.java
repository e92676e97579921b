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
import org.jspecify.annotations.Nullable;

/** A day's visits by where they came from; each origin once a day, for which of two counts is right nobody could tell. */
public final class DailyTraffic implements RecordMapper {
    private static final Table TABLE = Table.of(
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
        return List.of(TABLE);
    }

    @Override
    public List<Row> map(RecordFields record) {
        LocalDate day = day(record);
        String group = told(record, "sessionDefaultChannelGroup");
        String name = told(record, "sessionSource");
        String medium = told(record, "sessionMedium");
        if (!seen.add(List.of(day.toString(), group, name, medium))) {
            record.fail(
                    RecordCheck.UNIQUE_ITEM, "date", day + " " + String.join(" / ", group, name, medium), "each once");
        }
        @Nullable Boolean isApproximate = record.flag("approximate");
        return List.of(new Row(TABLE)
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
                .flag(isApproximate != null && isApproximate));
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
