package dev.jangbu.mart.report;

import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the day's tables hold, counted where they lie. */
public final class MartTables {
    private static final String USERS = "mart_user_daily";
    private static final String ORDERS = "mart_orders";

    private final Handle handle;

    public MartTables(Handle handle) {
        this.handle = handle;
    }

    /** The marts a day of the dataset should have: all that are packaged for it. */
    public static List<String> expected(String dataset) {
        return MartCatalog.packaged().all().stream()
                .filter(mart -> mart.metadata().source().dataset().equals(dataset))
                .map(Mart::name)
                .toList();
    }

    /** Orders and revenue of one day. */
    public record Orders(long orders, BigDecimal revenue) {}

    private record Users(long users, long sessions, long purchases) {}

    /** The figures of a day that was loaded. */
    Figures figures(DayLog log) {
        Users users = users(log.day());
        Orders orders = orders(log.day(), log.day()).get(log.day());
        boolean hasUsers = users.users() > 0 || isBuilt(log, USERS);
        return new Figures(
                rawRows(log.day()),
                hasUsers ? Long.valueOf(users.users()) : null,
                hasUsers ? Long.valueOf(users.sessions()) : null,
                hasUsers ? Long.valueOf(users.purchases()) : null,
                orderCount(log, orders),
                revenue(log, orders));
    }

    /** The days that have orders; both ends inclusive. */
    public Map<LocalDate, Orders> orders(LocalDate from, LocalDate to) {
        return handle
                .createQuery("""
                        SELECT order_date, COUNT(*) AS order_count, SUM(total_amount) AS revenue
                        FROM mart.mart_orders
                        WHERE order_date BETWEEN :from AND :to
                        GROUP BY order_date""")
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> Map.entry(
                        row.getObject("order_date", LocalDate.class),
                        new Orders(row.getLong("order_count"), row.getBigDecimal("revenue"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A built mart without rows says 0; one that was not built says nothing. */
    public static @Nullable Long orderCount(DayLog log, @Nullable Orders orders) {
        if (orders != null) {
            return orders.orders();
        }
        return isBuilt(log, ORDERS) ? 0L : null;
    }

    public static @Nullable BigDecimal revenue(DayLog log, @Nullable Orders orders) {
        if (orders != null) {
            return orders.revenue();
        }
        return isBuilt(log, ORDERS) ? BigDecimal.ZERO : null;
    }

    private static boolean isBuilt(DayLog log, String mart) {
        return log.marts(List.of()).stream()
                .anyMatch(build -> build.name().equals(mart)
                        && (build.isDone() || build.status().equals(BuiltMart.STALE)));
    }

    private Users users(LocalDate day) {
        return handle.createQuery("""
                        SELECT
                            COUNT(*) AS user_count,
                            COALESCE(SUM(session_count), 0) AS session_count,
                            COALESCE(SUM(purchase_count), 0) AS purchase_count
                        FROM mart.mart_user_daily
                        WHERE activity_date = :day""")
                .bind("day", day)
                .map((row, context) -> new Users(
                        row.getLong("user_count"), row.getLong("session_count"), row.getLong("purchase_count")))
                .one();
    }

    private long rawRows(LocalDate day) {
        return handle.createQuery("SELECT COUNT(*) FROM raw.raw_events WHERE event_date = :day")
                .bind("day", day)
                .mapTo(Long.class)
                .one();
    }
}
