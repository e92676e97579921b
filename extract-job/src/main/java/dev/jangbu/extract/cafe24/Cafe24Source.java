package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.Sleeper;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mall of Cafe24. */
public final class Cafe24Source implements ShopSource {
    private static final Duration REFUNDS_LOOKBACK = Duration.ofDays(3);
    private static final int REFUND_DAYS = 30;

    private final Map<String, String> environment;
    private final Sleeper sleeper;

    public Cafe24Source(Map<String, String> environment) {
        this(environment, Sleeper.real());
    }

    Cafe24Source(Map<String, String> environment, Sleeper sleeper) {
        this.environment = Map.copyOf(environment);
        this.sleeper = sleeper;
    }

    @Override
    public String name() {
        return "cafe24";
    }

    @Override
    public Set<String> datasets() {
        return Set.copyOf(Channel.CAFE24.datasets());
    }

    @Override
    public String plan() {
        return "the mall's Admin API";
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        try (Transport transport = Transport.open()) {
            Mall mall = mall(access, transport);
            ListReader lists = new ListReader(mall);
            Map<String, Long> counts = new LinkedHashMap<>();
            switch (dataset) {
                case "orders" -> orders(lists, window, access, landing, counts);
                case "refunds" -> refunds(lists, window, landing);
                case "products" -> products(mall, lists, window, landing, counts);
                case "coupons" -> coupons(lists, landing);
                default ->
                    throw new IllegalArgumentException("dataset: " + dataset + " (expected: " + datasets() + ")");
            }
            counts.put("calls", mall.calls());
            counts.put("count_expected", lists.expected());
            counts.put("count_received", lists.received());
            return counts;
        }
    }

    /** One count for each scope. */
    @Override
    public String test(ShopAccess access) throws NeedsAttention {
        try (Transport transport = Transport.open()) {
            Mall mall = mall(access, transport);
            LocalDate today =
                    LocalDate.ofInstant(mall.now(), BusinessCalendar.seoul().zone());
            Map<String, Object> orders = new Days(today, today).parameters("start_date", "end_date");
            return mall.count("admin/orders/count", orders) + " orders today, "
                    + mall.count("admin/products/count", Map.of()) + " products, "
                    + mall.count("admin/categories/count", Map.of()) + " categories, "
                    + mall.count("admin/coupons/count", Map.of()) + " coupons";
        }
    }

    /** A refresh token lasts for two weeks from its making. */
    @Override
    public void renew(ShopAccess access) throws SQLException, NeedsAttention {
        Credential.@Nullable Token held = access.credential().token();
        if (held == null) {
            return;
        }
        try (Transport transport = Transport.open()) {
            Cafe24TokenEndpoint endpoint = new Cafe24TokenEndpoint(transport, pace(access), environment);
            access.tokens(endpoint).inPlaceOf(held, access.account());
        }
    }

    private Pace pace(ShopAccess access) {
        return AdminDialect.pace(access, sleeper);
    }

    private Mall mall(ShopAccess access, Transport transport) {
        Pace pace = pace(access);
        TokenSource tokens =
                TokenSource.of(access.tokens(new Cafe24TokenEndpoint(transport, pace, environment)), access.account());
        return Mall.of(access.account(), transport, pace, tokens, environment);
    }

    private static void orders(
            ListReader lists, AccountWindow window, ShopAccess access, RecordWriter landing, Map<String, Long> counts)
            throws SQLException, NeedsAttention {
        OrderLanding orders = new OrderLanding(lists, access, landing, access.hasBeside(Channel.NAVER));
        OrderSweep sweep = new OrderSweep(lists, orders);
        if (window.isFirst() || window.isReconcile()) {
            sweep.all(window);
        } else {
            sweep.changed(window);
            List<String> unseen = access.openOrders().stream()
                    .filter(id -> !orders.isSeen(id))
                    .toList();
            counts.put("open_gone", sweep.open(unseen));
        }
        counts.put("smartstore_left_out", orders.leftOut());
    }

    /** The platform does not count refunds; the last page is told by its links alone. */
    private static void refunds(ListReader lists, AccountWindow window, RecordWriter landing) throws NeedsAttention {
        Duration lookback = window.isFirst() ? Duration.ZERO : REFUNDS_LOOKBACK;
        Days days = new Days(window.firstDay(lookback), window.lastDay());
        for (String dateType : List.of("refund_date", "accepted_refund_date")) {
            for (Days some : days.windows(REFUND_DAYS)) {
                Map<String, Object> parameters = some.parameters("start_date", "end_date");
                parameters.put("date_type", dateType);
                lists.readPages(
                        Listing.REFUNDS,
                        parameters,
                        (rows, observedAt) -> rows.forEach(refund -> landing.write(refund, observedAt)));
            }
        }
    }

    private static void products(
            Mall mall, ListReader lists, AccountWindow window, RecordWriter landing, Map<String, Long> counts)
            throws NeedsAttention {
        boolean isWhole = new ProductScan(mall, lists, landing).read(window);
        counts.put("complete", isWhole ? 1L : 0L);
    }

    /** There is no filter by when a coupon changed, and they are few: all of them, also those that were deleted. */
    private static void coupons(ListReader lists, RecordWriter landing) throws NeedsAttention {
        lists.read(
                Listing.COUPONS,
                Map.of("deleted", "T,F"),
                Map.of(),
                (rows, observedAt) -> rows.forEach(coupon -> landing.write(coupon, observedAt)));
    }
}
