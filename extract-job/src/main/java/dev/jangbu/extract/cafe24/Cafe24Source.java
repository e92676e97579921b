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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            List<ListReader> shops = shops(mall, access);
            Map<String, Long> counts = new LinkedHashMap<>();
            switch (dataset) {
                case "orders" -> orders(shops, window, access, landing, counts);
                case "refunds" -> refunds(shops, window, landing);
                case "products" -> products(shops, window, landing, counts);
                case "coupons" -> coupons(shops, landing);
                default ->
                    throw new IllegalArgumentException("dataset: " + dataset + " (expected: " + datasets() + ")");
            }
            counts.put("calls", mall.calls());
            counts.put(
                    "count_expected",
                    shops.stream().mapToLong(ListReader::expected).sum());
            counts.put(
                    "count_received",
                    shops.stream().mapToLong(ListReader::received).sum());
            return counts;
        }
    }

    /** One count for each scope, of each shop. */
    @Override
    public String test(ShopAccess access) throws NeedsAttention {
        try (Transport transport = Transport.open()) {
            List<String> words = new ArrayList<>();
            for (ListReader shop : shops(mall(access, transport), access)) {
                words.add(words(shop.mall()));
            }
            return words.size() == 1 ? words.get(0) : numbered(access.account().shops(), words);
        }
    }

    private static String words(Mall mall) throws NeedsAttention {
        LocalDate today =
                LocalDate.ofInstant(mall.now(), BusinessCalendar.seoul().zone());
        Map<String, Object> orders = new Days(today, today).parameters("start_date", "end_date");
        return mall.count("admin/orders/count", orders) + " orders today, "
                + mall.count("admin/products/count", Map.of()) + " products, "
                + mall.count("admin/categories/count", Map.of()) + " categories, "
                + mall.count("admin/coupons/count", Map.of()) + " coupons";
    }

    private static String numbered(List<Integer> shops, List<String> words) {
        return IntStream.range(0, words.size())
                .mapToObj(place -> "shop " + shops.get(place) + ": " + words.get(place))
                .collect(Collectors.joining("; "));
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

    private static List<ListReader> shops(Mall mall, ShopAccess access) {
        return access.account().shops().stream()
                .map(number -> new ListReader(mall.inShop(number)))
                .toList();
    }

    private static void orders(
            List<ListReader> shops,
            AccountWindow window,
            ShopAccess access,
            RecordWriter landing,
            Map<String, Long> counts)
            throws SQLException, NeedsAttention {
        OrderLanding orders = new OrderLanding(access, landing, access.hasBeside(Channel.NAVER));
        boolean isWhole = window.isFirst() || window.isReconcile();
        for (ListReader lists : shops) {
            OrderSweep sweep = new OrderSweep(lists, orders.of(lists));
            if (isWhole) {
                sweep.all(window);
            } else {
                sweep.changed(window);
            }
        }
        if (!isWhole) {
            counts.put("open_gone", open(shops, orders, access.openOrders()));
        }
        counts.put("smartstore_left_out", orders.leftOut());
    }

    /** Of which shop an open order is, the id does not tell: who does not have it says nothing of it. */
    private static long open(List<ListReader> shops, OrderLanding orders, Set<String> open) throws NeedsAttention {
        List<String> unseen = unseen(orders, open);
        for (ListReader lists : shops) {
            new OrderSweep(lists, orders.of(lists)).open(unseen);
            unseen = unseen(orders, unseen);
        }
        return unseen.size();
    }

    private static List<String> unseen(OrderLanding orders, Collection<String> ids) {
        return ids.stream().filter(id -> !orders.isSeen(id)).toList();
    }

    /** The platform does not count refunds; the last page is told by its links alone. */
    private static void refunds(List<ListReader> shops, AccountWindow window, RecordWriter landing)
            throws NeedsAttention {
        Duration lookback = window.isFirst() ? Duration.ZERO : REFUNDS_LOOKBACK;
        Days days = new Days(window.firstDay(lookback), window.lastDay());
        for (ListReader lists : shops) {
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
    }

    /** Whole when every shop was read wholly: what is missing then is gone. */
    private static void products(
            List<ListReader> shops, AccountWindow window, RecordWriter landing, Map<String, Long> counts)
            throws NeedsAttention {
        boolean isWhole = true;
        for (ListReader lists : shops) {
            isWhole &= new ProductScan(lists, landing).read(window);
        }
        counts.put("complete", isWhole ? 1L : 0L);
    }

    /** There is no filter by when a coupon changed, and they are few: all of them, also those that were deleted. */
    private static void coupons(List<ListReader> shops, RecordWriter landing) throws NeedsAttention {
        for (ListReader lists : shops) {
            lists.read(
                    Listing.COUPONS,
                    Map.of("deleted", "T,F"),
                    Map.of(),
                    (rows, observedAt) -> rows.forEach(coupon -> landing.write(coupon, observedAt)));
        }
    }
}
