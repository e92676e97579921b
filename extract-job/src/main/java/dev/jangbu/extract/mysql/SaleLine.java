package dev.jangbu.extract.mysql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final int CARDS_KEPT = 1 << 16;

    private static final String CARD_KEY = ",\"card_key\":";
    private static final String END = "}}";

    private enum Kind {
        ID,
        MODIFIED,
        NUMBER,
        TIME,
        AMOUNT,
        FLAG,
        TEXT,
        FREE_TEXT,
        CARD
    }

    private record Column(String name, Kind kind) {
        static Column of(String name, Kind kind) {
            return new Column((kind == Kind.ID ? "\"" : ",\"") + name + "\":", kind);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.of("id", Kind.ID),
            Column.of("created", Kind.TIME),
            Column.of("modified", Kind.MODIFIED),
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
    private static final int CARD_AT = 8;

    /**
     * What is written of a card.
     *
     * @param isErased whether nothing is, and no free text of its payments
     */
    private record Card(@Nullable String shown, String key, boolean isErased) {
        static final Card NONE = new Card(null, "null", false);
        static final Card ERASED = new Card(null, "null", true);
    }

    private final JsonLine line = new JsonLine();
    private final String head;
    private final Function<String, @Nullable String> keyOf;
    private final Map<String, Card> cards = new HashMap<>();
    private Card card = Card.NONE;
    private long id;
    private LocalDateTime modified = LocalDateTime.MIN;

    /**
     * @param observedAt when the rows were so
     * @param keyOf pseudonym of a card, by its digits and stars; null where it was erased
     */
    SaleLine(Instant observedAt, Function<String, @Nullable String> keyOf) {
        this.head = "{\"observed_at\":\"" + observedAt.truncatedTo(ChronoUnit.MILLIS) + "\",\"record\":{";
        this.keyOf = keyOf;
    }

    /** The line of the row; valid until the next one is read. */
    JsonLine read(ResultSet sale) throws SQLException {
        line.clear().raw(head);
        card = card(sale.getString(CARD_AT));
        for (int at = 0; at < COLUMNS.size(); at++) {
            Column column = COLUMNS.get(at);
            line.raw(column.name());
            value(column.kind(), sale, at + 1);
        }
        return line.raw(END);
    }

    /** Of the row that was read last. */
    long id() {
        return id;
    }

    /** Of the row that was read last. */
    LocalDateTime modified() {
        return modified;
    }

    private void value(Kind kind, ResultSet sale, int at) throws SQLException {
        switch (kind) {
            case ID -> {
                id = sale.getLong(at);
                line.number(id);
            }
            case MODIFIED -> {
                modified = sale.getObject(at, LocalDateTime.class);
                line.time(modified);
            }
            case NUMBER, FLAG -> number(kind, sale.getLong(at), sale.wasNull());
            case TIME -> time(sale.getObject(at, LocalDateTime.class));
            case AMOUNT -> amount(sale.getBigDecimal(at));
            case TEXT -> text(sale.getString(at));
            case FREE_TEXT -> freeText(card.isErased() ? null : sale.getString(at));
            case CARD -> writeCard();
        }
    }

    private void number(Kind kind, long value, boolean isNull) {
        if (isNull) {
            line.none();
        } else if (kind == Kind.FLAG) {
            line.flag(value != 0);
        } else {
            line.number(value);
        }
    }

    private void time(@Nullable LocalDateTime value) {
        if (value == null) {
            line.none();
        } else {
            line.time(value);
        }
    }

    private void amount(@Nullable BigDecimal value) {
        if (value == null) {
            line.none();
        } else {
            line.raw(value.toPlainString());
        }
    }

    private void text(@Nullable String value) {
        if (value == null) {
            line.none();
        } else {
            line.text(value);
        }
    }

    private void freeText(@Nullable String value) {
        text(value == null ? null : CardNumber.hidden(value));
    }

    private void writeCard() {
        text(card.shown());
        line.raw(CARD_KEY).raw(card.key());
    }

    private Card card(@Nullable String stored) {
        if (stored == null) {
            return Card.NONE;
        }
        if (cards.size() >= CARDS_KEPT) {
            cards.clear();
        }
        return cards.computeIfAbsent(stored, this::worked);
    }

    private Card worked(String stored) {
        CardNumber number = CardNumber.of(stored);
        if (number.stable().isEmpty()) {
            return new Card(number.shown(), "null", false);
        }
        String key = keyOf.apply(number.stable());
        return key == null ? Card.ERASED : new Card(number.shown(), "\"" + key + "\"", false);
    }
}
