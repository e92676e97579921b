package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.BaseAddress;
import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A SmartStore. Day by day the orders that changed, and those that are open, since the feed does not tell of deliveries; for
 * a first load and a reconcile those that were ordered in the window.
 */
public final class SmartStoreSource implements ShopSource {
    private static final String OWN_ADDRESS = "https://api.commerce.naver.com/external";
    private static final Duration LOOKBACK = Duration.ofHours(2);

    private final Map<String, String> environment;
    private final Function<Clock, Pace> paces;

    public SmartStoreSource(Map<String, String> environment) {
        this(environment, Pace::ofRun);
    }

    SmartStoreSource(Map<String, String> environment, Function<Clock, Pace> paces) {
        this.environment = Map.copyOf(environment);
        this.paces = paces;
    }

    @Override
    public String name() {
        return "smartstore";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("orders", "products");
    }

    @Override
    public String plan() {
        return "the store by Naver's Commerce API";
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        try (Transport transport = Transport.open()) {
            ApiClient client = client(access, transport);
            Map<String, Long> counts = new LinkedHashMap<>(
                    dataset.equals("products")
                            ? new ProductSearch(client, access.clock()).write(landing)
                            : orders(client, window, access, landing));
            counts.put("calls", (long) client.calls());
            return counts;
        }
    }

    @Override
    public String test(ShopAccess access) throws NeedsAttention {
        try (Transport transport = Transport.open()) {
            ApiClient client = client(access, transport);
            Instant now = access.clock().instant();
            new ChangeFeed(client, ZoneOffset.ofHours(9)).of(Spans.of(now.minus(LOOKBACK), now));
            return "orders, and " + new ProductSearch(client, access.clock()).count() + " products";
        }
    }

    private static Map<String, Long> orders(
            ApiClient client, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        ZoneId zone = window.calendar().zone();
        boolean isByOrderDate = window.isFirst() || window.isReconcile();
        Map<String, ProductOrder.@Nullable LastChange> wanted = new LinkedHashMap<>();
        if (isByOrderDate) {
            wanted.putAll(new OrderList(client, zone).of(Spans.of(window.from(), window.to())));
        } else {
            List<Spans.Span> spans = Spans.of(window.from().minus(LOOKBACK), window.to());
            wanted.putAll(new ChangeFeed(client, zone).of(spans));
            access.openItems().forEach(id -> wanted.putIfAbsent(id, null));
        }
        long missing = new Details(client, access, landing).write(wanted);
        return Map.of("count_expected", (long) wanted.size(), "missing_ids", missing);
    }

    private ApiClient client(ShopAccess access, Transport transport) {
        Account account = access.account();
        BaseAddress base = BaseAddress.of(Objects.requireNonNullElse(account.baseUrl(), OWN_ADDRESS), environment);
        Pace pace = paces.apply(access.clock());
        Dialect dialect = new SmartStoreDialect();
        SignedTokens tokens =
                new SignedTokens(ApiClient.withoutToken(transport.forTokens(), base, dialect, pace), access.clock());
        return ApiClient.of(transport, base, dialect, pace, TokenSource.of(access.tokens(tokens), account));
    }
}
