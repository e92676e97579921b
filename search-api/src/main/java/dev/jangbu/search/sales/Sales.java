package dev.jangbu.search.sales;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.search.access.Caller;
import dev.jangbu.search.database.Amounts;
import dev.jangbu.search.database.SearchDatabase;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Searches card sales, the newest first. A request walks a bounded number of rows: where few match, a page may hold fewer
 * rows than it could and still have a next one.
 */
public final class Sales {
    private static final int FIRST_WINDOW = 2_000;
    private static final int LARGER_WINDOW = 5_000;
    private static final int MOST_WALKED = 20_000;
    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime END = OffsetDateTime.of(2300, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final SearchDatabase database;
    private final BusinessCalendar calendar;

    public Sales(SearchDatabase database, BusinessCalendar calendar) {
        this.database = database;
        this.calendar = calendar;
    }

    /** Where a walk is: behind the row of this key. */
    private record Place(OffsetDateTime at, long id, String account) {
        static Place of(Sale sale) {
            return new Place(sale.soldAt(), sale.saleId(), sale.accountId());
        }

        /** @throws dev.jangbu.search.http.ProblemException for a cursor that is not one of sales */
        static Place of(Cursor cursor) {
            try {
                return new Place(OffsetDateTime.parse(cursor.key(0)), cursor.number(1), cursor.key(2));
            } catch (DateTimeException notOurs) {
                throw Cursor.wrong();
            }
        }

        Cursor cursor() {
            return new Cursor(List.of(at.toString(), String.valueOf(id), account));
        }
    }

    private record Walked(Sale sale, boolean matches, long place) {}

    /** A page of the sales that fit; of none where the texts are in no sale. */
    public Listing<Sale> find(Caller caller, SaleFilter filter, @Nullable Cursor after, int limit) {
        Place place = after == null ? new Place(until(filter), Long.MAX_VALUE, "") : Place.of(after);
        return database.read(handle -> {
            boolean isText = filter.text() != null || filter.company() != null;
            Texts texts = isText ? texts(handle, filter) : new Texts(List.of(), true);
            if (isText && texts.areNone() && !filter.mayBeApproval()) {
                return new Listing<>(List.of(), null);
            }
            return walk(handle, caller, filter, isText ? texts : null, place, limit);
        });
    }

    private Listing<Sale> walk(
            Handle handle, Caller caller, SaleFilter filter, @Nullable Texts texts, Place first, int limit) {
        List<Sale> matching = new ArrayList<>();
        Place place = first;
        int window = FIRST_WINDOW;
        for (int walked = 0; walked < MOST_WALKED; walked += window) {
            boolean byText = walked > 0 && isSparse(filter, texts);
            int rows = byText ? windowOfTexts(texts, limit) : window;
            List<Walked> found = query(handle, caller, filter, texts, byText, place, rows, limit + 2 - matching.size());
            for (Walked row : found) {
                if (row.matches() && matching.size() <= limit) {
                    matching.add(row.sale());
                }
            }
            if (matching.size() > limit) {
                return Listing.of(matching, limit, last -> Place.of(last).cursor());
            }
            Walked last = found.isEmpty() ? null : found.get(found.size() - 1);
            if (last == null || last.place() < rows) {
                return new Listing<>(matching, null);
            }
            place = Place.of(last.sale());
            window = LARGER_WINDOW;
        }
        return new Listing<>(matching, place.cursor());
    }

    /** A first window without a full page says that the texts are rare: from there on their own index leads. */
    private static boolean isSparse(SaleFilter filter, @Nullable Texts texts) {
        return texts != null && texts.areFew() && filter.storeId() == null && filter.cardKey() == null;
    }

    private static int windowOfTexts(@Nullable Texts texts, int limit) {
        int count = texts == null ? 1 : Math.max(1, texts.keys().size());
        return Math.max(limit + 2, Math.min(FIRST_WINDOW, MOST_WALKED / count));
    }

    private static Texts texts(Handle handle, SaleFilter filter) {
        return Texts.of(handle.createQuery(SaleSql.TEXTS)
                .bindBySqlType("company", filter.company(), Types.VARCHAR)
                .bindBySqlType("text", filter.text(), Types.VARCHAR)
                .bind("most", Texts.MOST + 1)
                .mapTo(Long.class)
                .list());
    }

    private List<Walked> query(
            Handle handle,
            Caller caller,
            SaleFilter filter,
            @Nullable Texts texts,
            boolean byText,
            Place place,
            int window,
            int rows) {
        String text = filter.text();
        boolean mayBeApproval = text != null && filter.mayBeApproval();
        String approval = mayBeApproval && text != null ? text : "-";
        return caller.bind(handle.createQuery(sql(filter, byText)))
                .bind("from", from(filter))
                .bind("until", until(filter))
                .bind("after_at", place.at())
                .bind("after_id", place.id())
                .bind("after_account", place.account())
                .bind("window", window)
                .bind("rows", rows)
                .bindBySqlType("store_id", filter.storeId(), Types.BIGINT)
                .bindBySqlType("card_key", filter.cardKey(), Types.VARCHAR)
                .bindBySqlType("card_number", filter.cardNumber(), Types.VARCHAR)
                .bindBySqlType("company", filter.company(), Types.VARCHAR)
                .bindBySqlType("least", filter.least(), Types.NUMERIC)
                .bindBySqlType("most", filter.most(), Types.NUMERIC)
                .bindBySqlType("canceled", filter.isCanceled(), Types.BOOLEAN)
                .bind("any_text", text == null)
                .bind("by_keys", texts != null && texts.areFew())
                .bindArray("text_keys", Long.class, texts == null ? List.of() : texts.keys())
                .bind("by_each", text != null && texts != null && !texts.areFew())
                .bindBySqlType("text", text, Types.VARCHAR)
                .bind("by_approval", mayBeApproval)
                .bind("approval", approval)
                .bind("approval_end", afterAllThatBeginWith(approval))
                .map((row, context) -> walked(row))
                .list();
    }

    private static String sql(SaleFilter filter, boolean byText) {
        if (byText) {
            return SaleSql.OF_TEXTS;
        }
        if (filter.cardKey() != null) {
            return SaleSql.OF_CARD;
        }
        return filter.storeId() == null ? SaleSql.NEWEST : SaleSql.OF_STORE;
    }

    private static String afterAllThatBeginWith(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    private OffsetDateTime from(SaleFilter filter) {
        LocalDate from = filter.from();
        return from == null ? BEGINNING : calendar.startOf(from).atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime until(SaleFilter filter) {
        LocalDate to = filter.to();
        return to == null ? END : calendar.endOf(to).atOffset(ZoneOffset.UTC);
    }

    private Walked walked(ResultSet row) throws SQLException {
        return new Walked(sale(row), row.getBoolean("matches"), row.getLong("place"));
    }

    private Sale sale(ResultSet row) throws SQLException {
        return new Sale(
                row.getString("account_id"),
                row.getLong("sale_id"),
                row.getLong("store_id"),
                time(row.getObject("sold_at", OffsetDateTime.class)),
                row.getObject("sale_date", LocalDate.class),
                Amounts.of(row, "amount_sale"),
                Amounts.optional(row, "amount_fee"),
                Amounts.optional(row, "amount_deposit"),
                row.getBoolean("is_canceled"),
                row.getString("card_company"),
                row.getString("card_category"),
                row.getString("card_number"),
                row.getString("card_key"),
                row.getString("num_approval"),
                row.getString("remark"),
                row.getString("result_code"),
                row.getString("result_msg"),
                row.getString("platform"),
                row.getString("detail_status"),
                row.getString("processing_status"),
                optionalTime(row, "will_deposited_at"),
                optionalTime(row, "modified"));
    }

    private @Nullable OffsetDateTime optionalTime(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time(time);
    }

    private OffsetDateTime time(OffsetDateTime instant) {
        return instant.atZoneSameInstant(calendar.zone()).toOffsetDateTime();
    }
}
