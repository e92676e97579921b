package dev.jangbu.search.spend;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.database.Amounts;
import dev.jangbu.search.database.SearchDatabase;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the marts of unit prices. */
public final class Spending {
    private static final String DAY = """
            SELECT
                spend.account_id,
                spend.store_id,
                spend.sale_date,
                spend.unit_price,
                spend.total_sale,
                spend.payment_count,
                spend.canceled_count,
                spend.canceled_amount,
                spend.distinct_cards
            FROM mart.mart_store_daily_spend AS spend
            WHERE
                spend.sale_date = :date
                AND spend.account_id = ANY(:accounts)
                AND (:all_stores OR spend.store_id = ANY(:stores))
                AND (:store_id IS NULL OR spend.store_id = :store_id)
                AND (spend.store_id, spend.account_id) > (:after_store, :after_account)
            ORDER BY spend.store_id, spend.account_id
            LIMIT :most""";

    private static final String DAYS = """
            SELECT
                spend.account_id,
                spend.store_id,
                spend.sale_date,
                spend.unit_price,
                spend.total_sale,
                spend.payment_count,
                spend.canceled_count,
                spend.canceled_amount,
                spend.distinct_cards
            FROM mart.mart_store_daily_spend AS spend
            WHERE
                spend.account_id = ANY(:accounts)
                AND (:all_stores OR spend.store_id = ANY(:stores))
                AND spend.store_id = :store_id
            ORDER BY spend.sale_date DESC, spend.account_id ASC
            LIMIT :most""";

    private static final String WEEKS = """
            SELECT
                week.account_id,
                week.store_id,
                week.sale_date,
                week.start_date,
                week.end_date,
                week.week_unit_price,
                week.total_sale,
                week.payment_count,
                week.is_unknown
            FROM mart.mart_store_weekly_spend AS week
            WHERE
                week.account_id = ANY(:accounts)
                AND (:all_stores OR week.store_id = ANY(:stores))
                AND week.store_id = :store_id
                AND (:from IS NULL OR week.sale_date >= :from)
                AND (:to IS NULL OR week.sale_date <= :to)
                AND (week.sale_date, week.account_id) > (:after_date, :after_account)
            ORDER BY week.sale_date, week.account_id
            LIMIT :most""";

    private static final String LATEST = """
            SELECT MAX(spend.sale_date)
            FROM mart.mart_store_daily_spend AS spend
            WHERE
                spend.account_id = ANY(:accounts)
                AND (:all_stores OR spend.store_id = ANY(:stores))""";

    private static final LocalDate BEFORE_ALL = LocalDate.of(1, 1, 1);

    private final SearchDatabase database;

    public Spending(SearchDatabase database) {
        this.database = database;
    }

    /** The stores of one day, by number. */
    public Listing<UnitPrice> ofDay(
            Caller caller, LocalDate date, @Nullable Long storeId, @Nullable Cursor after, int limit) {
        List<UnitPrice> found = database.read(handle -> caller.bind(handle.createQuery(DAY))
                .bind("date", date)
                .bindBySqlType("store_id", storeId, Types.BIGINT)
                .bind("after_store", after == null ? Long.MIN_VALUE : after.number(0))
                .bind("after_account", after == null ? "" : after.key(1))
                .bind("most", limit + 1)
                .map((row, context) -> unitPrice(row))
                .list());
        return Listing.of(found, limit, last -> new Cursor(List.of(String.valueOf(last.storeId()), last.accountId())));
    }

    /** The newest days of a store, the newest first. */
    public List<UnitPrice> newestDays(Caller caller, long storeId, int most) {
        return database.read(handle -> caller.bind(handle.createQuery(DAYS))
                .bind("store_id", storeId)
                .bind("most", most)
                .map((row, context) -> unitPrice(row))
                .list());
    }

    /** The weeks before the days from one to another, both included, the oldest first. */
    public Listing<WeeklyUnitPrice> weeks(
            Caller caller,
            long storeId,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Cursor after,
            int limit) {
        List<WeeklyUnitPrice> found = database.read(handle -> caller.bind(handle.createQuery(WEEKS))
                .bind("store_id", storeId)
                .bindBySqlType("from", from, Types.DATE)
                .bindBySqlType("to", to, Types.DATE)
                .bind("after_date", after == null ? BEFORE_ALL : day(after.key(0)))
                .bind("after_account", after == null ? "" : after.key(1))
                .bind("most", limit + 1)
                .map((row, context) -> week(row))
                .list());
        return Listing.of(
                found, limit, last -> new Cursor(List.of(last.saleDate().toString(), last.accountId())));
    }

    /** The newest day the caller has sales of; null where there is none. */
    public @Nullable LocalDate latestDay(Caller caller) {
        return database.read(handle -> caller.bind(handle.createQuery(LATEST))
                .mapTo(LocalDate.class)
                .findOne()
                .orElse(null));
    }

    private static LocalDate day(String key) {
        if (!key.matches("[0-9]{4}-[01][0-9]-[0-2][0-9]") && !key.matches("[0-9]{4}-[01][0-9]-3[01]")) {
            throw Cursor.wrong();
        }
        return LocalDate.parse(key);
    }

    private static UnitPrice unitPrice(ResultSet row) throws SQLException {
        return new UnitPrice(
                row.getString("account_id"),
                row.getLong("store_id"),
                row.getObject("sale_date", LocalDate.class),
                Amounts.optional(row, "unit_price"),
                Amounts.of(row, "total_sale"),
                row.getLong("payment_count"),
                row.getLong("canceled_count"),
                Amounts.of(row, "canceled_amount"),
                row.getLong("distinct_cards"));
    }

    private static WeeklyUnitPrice week(ResultSet row) throws SQLException {
        return new WeeklyUnitPrice(
                row.getString("account_id"),
                row.getLong("store_id"),
                row.getObject("sale_date", LocalDate.class),
                row.getObject("start_date", LocalDate.class),
                row.getObject("end_date", LocalDate.class),
                Amounts.optional(row, "week_unit_price"),
                Amounts.of(row, "total_sale"),
                row.getLong("payment_count"),
                row.getBoolean("is_unknown"));
    }
}
