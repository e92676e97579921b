package dev.jangbu.search.anomalies;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.search.access.Caller;
import dev.jangbu.search.database.Amounts;
import dev.jangbu.search.database.SearchDatabase;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import dev.jangbu.search.http.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads anomalies, and keeps what people decide about them. */
public final class Anomalies {
    private static final String LIST = """
            SELECT
                found.account_id,
                found.sale_id,
                found.rule,
                found.store_id,
                found.sold_at,
                found.sale_date,
                found.amount_sale,
                found.score,
                found.score_unit,
                found.expected,
                found.expected_unit,
                found.evidence,
                found.state,
                found.reviewed_by,
                found.reviewed_at,
                found.note,
                found.first_seen_at
            FROM mart.v_card_anomaly AS found
            WHERE
                found.account_id = ANY(:accounts)
                AND (:all_stores OR found.store_id = ANY(:stores))
                AND (:store_id IS NULL OR found.store_id = :store_id)
                AND (:from IS NULL OR found.sale_date >= :from)
                AND (:to IS NULL OR found.sale_date <= :to)
                AND (:rule IS NULL OR found.rule = :rule)
                AND (:state IS NULL OR found.state = :state)
                AND (found.sold_at, found.sale_id, found.rule, found.account_id)
                < (:after_at, :after_id, :after_rule, :after_account)
            ORDER BY found.sold_at DESC, found.sale_id DESC, found.rule DESC, found.account_id DESC
            LIMIT :most""";

    private static final String IS_THERE = """
            SELECT EXISTS (
                SELECT 1 FROM mart.mart_card_anomaly AS found
                WHERE
                    found.account_id = :account
                    AND found.account_id = ANY(:accounts)
                    AND (:all_stores OR found.store_id = ANY(:stores))
                    AND found.sale_id = :sale
                    AND found.rule = :rule
            )""";

    private static final String KEEP = """
            INSERT INTO ops.anomaly_review (account_id, sale_id, rule, state, reviewed_by, note)
            VALUES (:account, :sale, :rule, :state, :reviewed_by, :note)
            RETURNING reviewed_at""";

    private static final String RULES = "SELECT known.rule, known.name_ko FROM ops.anomaly_rule AS known ORDER BY 1";

    private static final String COUNTS = """
            WITH of_stores AS (
                SELECT
                    spend.sale_date,
                    SUM(spend.payment_count + spend.canceled_count) AS sales,
                    SUM(spend.total_sale + spend.canceled_amount) AS amount
                FROM mart.mart_store_daily_spend AS spend
                WHERE
                    spend.account_id = ANY(:accounts)
                    AND (:all_stores OR spend.store_id = ANY(:stores))
                    AND (:store_id IS NULL OR spend.store_id = :store_id)
                    AND spend.sale_date > :before
                    AND spend.sale_date <= :last
                GROUP BY spend.sale_date
            ),

            odd_sale AS (
                SELECT DISTINCT found.sale_date, found.account_id, found.sale_id, found.amount_sale
                FROM mart.mart_card_anomaly AS found
                WHERE
                    found.account_id = ANY(:accounts)
                    AND (:all_stores OR found.store_id = ANY(:stores))
                    AND (:store_id IS NULL OR found.store_id = :store_id)
                    AND found.sale_date > :before
                    AND found.sale_date <= :last
            ),

            odd AS (
                SELECT odd_sale.sale_date, COUNT(*) AS sales, SUM(odd_sale.amount_sale) AS amount
                FROM odd_sale
                GROUP BY odd_sale.sale_date
            )

            SELECT
                of_stores.sale_date,
                of_stores.sales,
                of_stores.amount,
                COALESCE(odd.sales, 0) AS odd_sales,
                COALESCE(odd.amount, 0) AS odd_amount
            FROM of_stores
            LEFT JOIN odd ON of_stores.sale_date = odd.sale_date
            ORDER BY of_stores.sale_date""";

    private static final OffsetDateTime END = OffsetDateTime.of(2300, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final SearchDatabase database;
    private final BusinessCalendar calendar;

    public Anomalies(SearchDatabase database, BusinessCalendar calendar) {
        this.database = database;
        this.calendar = calendar;
    }

    /** A page of them, the newest sale first. */
    public Listing<Anomaly> find(Caller caller, AnomalyFilter filter, @Nullable Cursor after, int limit) {
        List<Anomaly> found = database.read(handle -> caller.bind(handle.createQuery(LIST))
                .bindBySqlType("store_id", filter.storeId(), Types.BIGINT)
                .bindBySqlType("from", filter.from(), Types.DATE)
                .bindBySqlType("to", filter.to(), Types.DATE)
                .bindBySqlType("rule", filter.rule(), Types.VARCHAR)
                .bindBySqlType("state", stored(filter.state()), Types.VARCHAR)
                .bind("after_at", after == null ? END : time(after.key(0)))
                .bind("after_id", after == null ? Long.MAX_VALUE : after.number(1))
                .bind("after_rule", after == null ? "" : after.key(2))
                .bind("after_account", after == null ? "" : after.key(3))
                .bind("most", limit + 1)
                .map((row, context) -> anomaly(row))
                .list());
        return Listing.of(
                found,
                limit,
                last -> new Cursor(List.of(
                        last.soldAt().toString(), String.valueOf(last.saleId()), last.rule(), last.accountId())));
    }

    /**
     * Keeps a decision; earlier ones stay, the last one counts.
     *
     * @throws ProblemException 404 for an anomaly that is not there, or not this caller's
     */
    public Review review(Caller caller, AnomalyId id, Review.Wish wish) {
        return database.write(handle -> {
            boolean isThere = caller.bind(handle.createQuery(IS_THERE))
                    .bind("account", id.account())
                    .bind("sale", id.sale())
                    .bind("rule", id.rule())
                    .mapTo(Boolean.class)
                    .one();
            if (!isThere) {
                throw ProblemException.notFound("id", id.toString(), "an anomaly of " + caller.tenant());
            }
            OffsetDateTime at = handle.createQuery(KEEP)
                    .bind("account", id.account())
                    .bind("sale", id.sale())
                    .bind("rule", id.rule())
                    .bind("state", stored(wish.state()))
                    .bind("reviewed_by", caller.name())
                    .bind("note", wish.note())
                    .mapTo(OffsetDateTime.class)
                    .one();
            return new Review(id.toString(), wish.state(), caller.name(), inZone(at), wish.note());
        });
    }

    /** All rules there are, by name. */
    public List<Rule> rules() {
        return database.read(handle -> handle.createQuery(RULES)
                .map((row, context) -> new Rule(row.getString("rule"), row.getString("name_ko")))
                .list());
    }

    /** Sales by day, fitting and not, of the days up to the last; of one store or of all. */
    public List<DayCount> counts(Caller caller, @Nullable Long storeId, LocalDate last, int days) {
        return database.read(handle -> caller.bind(handle.createQuery(COUNTS))
                .bindBySqlType("store_id", storeId, Types.BIGINT)
                .bind("before", last.minusDays(days))
                .bind("last", last)
                .map((row, context) -> new DayCount(
                        row.getObject("sale_date", LocalDate.class),
                        row.getLong("sales"),
                        Amounts.of(row, "amount"),
                        row.getLong("odd_sales"),
                        Amounts.of(row, "odd_amount")))
                .list());
    }

    private static @Nullable String stored(@Nullable String state) {
        return state == null ? null : state.toUpperCase(Locale.ROOT);
    }

    private static OffsetDateTime time(String key) {
        try {
            return OffsetDateTime.parse(key);
        } catch (DateTimeException notOurs) {
            throw Cursor.wrong();
        }
    }

    private Anomaly anomaly(ResultSet row) throws SQLException {
        AnomalyId id = new AnomalyId(row.getString("account_id"), row.getLong("sale_id"), row.getString("rule"));
        return new Anomaly(
                id.toString(),
                id.account(),
                id.sale(),
                id.rule(),
                row.getLong("store_id"),
                inZone(row.getObject("sold_at", OffsetDateTime.class)),
                row.getObject("sale_date", LocalDate.class),
                Amounts.of(row, "amount_sale"),
                Amounts.optional(row, "score"),
                row.getString("score_unit"),
                Amounts.optional(row, "expected"),
                row.getString("expected_unit"),
                Json.mapper().readTree(row.getString("evidence")),
                row.getString("state").toLowerCase(Locale.ROOT),
                row.getString("reviewed_by"),
                optionalTime(row, "reviewed_at"),
                row.getString("note"),
                optionalTime(row, "first_seen_at"));
    }

    private @Nullable OffsetDateTime optionalTime(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : inZone(time);
    }

    private OffsetDateTime inZone(OffsetDateTime instant) {
        return instant.atZoneSameInstant(calendar.zone()).toOffsetDateTime();
    }
}
