package dev.jangbu.extract.cardfiles;

import dev.jangbu.extract.mapping.MappedRecords;
import dev.jangbu.extract.mysql.CardNumber;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.kit.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Lands payments in the form of a database's: with an id that follows from what they say, a store's from its name, cards
 * masked and with their key. Of one thread.
 */
final class PaymentLanding implements MappedRecords.Taker {
    /** Of the record: which delivery a row came with, where one file holds several. */
    private static final String DELIVERY = "delivery";

    /** What may tell who paid; an erased card's payments are nobody's. */
    private static final List<String> ERASED_WITH_CARD = List.of("card_number", "remark", "result_msg", "raw_data");

    private final ShopAccess access;
    private final Instant observedAt;
    private final RecordWriter landing;
    private final Deliveries deliveries = new Deliveries();
    private final Map<String, Long> counts = new TreeMap<>();

    PaymentLanding(ShopAccess access, Instant observedAt, RecordWriter landing) {
        this.access = access;
        this.observedAt = observedAt;
        this.landing = landing;
        for (String name : new String[] {"source_lines", "count_expected", "repeated_rows", "skipped", "unmapped"}) {
            counts.put(name, 0L);
        }
    }

    @Override
    public void record(String file, Map<String, Object> mapped, OffsetDateTime at) {
        count("source_lines");
        Map<String, Object> record = new LinkedHashMap<>(mapped);
        Object delivery = record.remove(DELIVERY);
        OptionalLong id = deliveries.take(delivery == null ? file : file + "/" + delivery, ContentIds.of(record));
        if (id.isEmpty()) {
            count("repeated_rows");
            count("repeated_rows." + YearMonth.from(at));
            return;
        }
        count("count_expected");
        landing.write(payment(id.getAsLong(), record), observedAt);
    }

    @Override
    public void unmapped(Map<String, Object> told) {
        count("source_lines");
        count("count_expected");
        count("unmapped");
        Map<String, Object> masked = new LinkedHashMap<>(told);
        masked.replaceAll((name, value) -> CardNumber.hidden(String.valueOf(value)));
        landing.write(Map.of("unmapped", masked), observedAt);
    }

    @Override
    public void skipped() {
        count("source_lines");
        count("skipped");
    }

    /** By name; beside {@code repeated_rows} its months. */
    Map<String, Long> counts() {
        return counts;
    }

    private Map<String, Object> payment(long id, Map<String, Object> record) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", id);
        record.forEach((name, value) -> payment.put(name, told(value)));
        if (record.get("card_number") instanceof String stored) {
            CardNumber card = CardNumber.of(stored);
            String key = access.customerKey("card:" + card.stable());
            payment.put("card_number", card.shown());
            payment.put("card_key", key);
            if (key == null) {
                ERASED_WITH_CARD.forEach(name -> payment.replace(name, null));
            }
        }
        if (record.get("store_name") instanceof String name) {
            payment.put("store_id", ContentIds.ofName(name));
        }
        return payment;
    }

    /**
     * Free text may hold a number of a card; an object stands as its JSON, as a table would hold it, its numbers however the
     * file wrote them.
     */
    private static Object told(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(String.valueOf(name), plain(member)));
            return CardNumber.hidden(Json.line(members));
        }
        return value instanceof String text ? CardNumber.hidden(text) : value;
    }

    private static Object plain(Object member) {
        return member instanceof BigDecimal number
                ? new BigDecimal(number.stripTrailingZeros().toPlainString())
                : member;
    }

    private void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
