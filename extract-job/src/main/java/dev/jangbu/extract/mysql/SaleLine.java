package dev.jangbu.extract.mysql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table as a landing line, in the source's own names and as it is stored, but for card numbers: they are
 * masked, beside each stands the key of its card, and free text is searched for them. Written by hand: a first load is
 * millions of rows. Of one thread.
 */
final class SaleLine {
    /** In the order of {@link #COLUMNS}. */
    static final String SELECTED = """
            id, created, modified, remark, num_approval, card_company, card_category, card_number, amount_sale, amount_fee,
            amount_deposit, is_canceled, sold_at, will_deposited_at, raw_data, platform, daily_sale_id, store_id,
            result_code, result_msg, extra_payment_id, detail_status, processing_status
            """;

    /** The same cards come again and again; beyond so many they are worked out anew. */
    private static final int CARDS_KEPT = 1 << 18;

    private static final byte[] CARD_KEY = bytes(",\"card_key\":");
    private static final byte[] END = bytes("}}");
    private static final byte[] TRUE = bytes("true");
    private static final byte[] FALSE = bytes("false");

    /** How a column is read, and written. */
    enum Kind {
        NUMBER,
        FLAG,
        TIME,
        AMOUNT,
        TEXT,
        FREE_TEXT,
        CARD
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Column(byte[] name, Kind kind) {
        static Column of(String name, Kind kind) {
            return new Column(bytes((name.equals("id") ? "\"" : ",\"") + name + "\":"), kind);
        }
    }

    /** In the order of {@link #SELECTED}. */
    static final List<Column> COLUMNS = List.of(
            Column.of("id", Kind.NUMBER),
            Column.of("created", Kind.TIME),
            Column.of("modified", Kind.TIME),
            Column.of("remark", Kind.FREE_TEXT),
            Column.of("num_approval", Kind.TEXT),
            Column.of("card_company", Kind.TEXT),
            Column.of("card_category", Kind.TEXT),
            Column.of("card_number", Kind.CARD),
            Column.of("amount_sale", Kind.AMOUNT),
            Column.of("amount_fee", Kind.AMOUNT),
            Column.of("amount_deposit", Kind.AMOUNT),
            Column.of("is_canceled", Kind.FLAG),
            Column.of("sold_at", Kind.TIME),
            Column.of("will_deposited_at", Kind.TIME),
            Column.of("raw_data", Kind.FREE_TEXT),
            Column.of("platform", Kind.TEXT),
            Column.of("daily_sale_id", Kind.NUMBER),
            Column.of("store_id", Kind.NUMBER),
            Column.of("result_code", Kind.TEXT),
            Column.of("result_msg", Kind.FREE_TEXT),
            Column.of("extra_payment_id", Kind.TEXT),
            Column.of("detail_status", Kind.TEXT),
            Column.of("processing_status", Kind.TEXT));

    /** Where the card is among the columns: who paid is known before what is said of them is written. */
    private static final int CARD_AT = 7;

    private static final byte[] NULL = bytes("null");

    /**
     * What is written of a card.
     *
     * @param isErased whether nothing is, and no free text of its payments
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Card(@Nullable String shown, byte[] key, boolean isErased) {
        static final Card NONE = new Card(null, NULL, false);
        static final Card ERASED = new Card(null, NULL, true);
    }

    private final JsonLine line = new JsonLine();
    private final byte[] head;
    private final Function<String, @Nullable String> keyOf;
    private final Map<String, Card> cards = new HashMap<>();

    /**
     * @param observedAt when the rows were so
     * @param keyOf pseudonym of a card, by its digits and stars; null where it was erased
     */
    SaleLine(Instant observedAt, Function<String, @Nullable String> keyOf) {
        this.head = bytes("{\"observed_at\":\"" + observedAt.truncatedTo(ChronoUnit.MILLIS) + "\",\"record\":{");
        this.keyOf = keyOf;
    }

    /** The line of the row; valid until the next one. */
    JsonLine of(SaleRow sale) {
        line.clear().raw(head);
        Card card = card((String) sale.values()[CARD_AT]);
        for (int at = 0; at < COLUMNS.size(); at++) {
            Column column = COLUMNS.get(at);
            line.raw(column.name());
            Object value = sale.values()[at];
            if (column.kind() == Kind.CARD) {
                write(card);
            } else if (value == null || (card.isErased() && column.kind() == Kind.FREE_TEXT)) {
                line.none();
            } else {
                write(column.kind(), value);
            }
        }
        return line.raw(END);
    }

    private void write(Card card) {
        if (card.shown() == null) {
            line.none();
        } else {
            line.text(card.shown());
        }
        line.raw(CARD_KEY).raw(card.key());
    }

    private void write(Kind kind, Object value) {
        switch (kind) {
            case NUMBER -> line.number((Long) value);
            case FLAG -> line.raw((Boolean) value ? TRUE : FALSE);
            case TIME -> line.time((LocalDateTime) value);
            case AMOUNT -> line.raw((String) value);
            case TEXT -> line.text((byte[]) value);
            case FREE_TEXT -> line.text(CardNumber.hidden((byte[]) value));
            case CARD -> throw new IllegalArgumentException("a card is written with its key");
        }
    }

    private Card card(@Nullable String stored) {
        if (stored == null) {
            return Card.NONE;
        }
        if (cards.size() >= CARDS_KEPT) {
            cards.clear();
        }
        Card card = cards.get(stored);
        if (card == null) {
            card = worked(stored);
            cards.put(stored, card);
        }
        return card;
    }

    private Card worked(String stored) {
        CardNumber number = CardNumber.of(stored);
        // Most come masked: one text less to keep.
        String shown = number.shown().equals(stored) ? stored : number.shown();
        if (number.stable().isEmpty()) {
            return new Card(shown, NULL, false);
        }
        String key = keyOf.apply(number.stable());
        return key == null ? Card.ERASED : new Card(shown, bytes("\"" + key + "\""), false);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
