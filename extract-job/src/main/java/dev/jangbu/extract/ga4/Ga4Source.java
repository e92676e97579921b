package dev.jangbu.extract.ga4;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.BaseAddress;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A GA4 property. The last days are read again each time: Google settles them for up to two days. */
public final class Ga4Source implements ShopSource {
    private static final Logger log = LoggerFactory.getLogger(Ga4Source.class);
    private static final String OWN_ADDRESS = "https://analyticsdata.googleapis.com/v1beta";
    private static final Duration LOOKBACK = Duration.ofDays(3);

    private final Map<String, String> environment;
    private final Function<Clock, Pace> paces;

    public Ga4Source(Map<String, String> environment) {
        this(environment, Pace::ofRun);
    }

    Ga4Source(Map<String, String> environment, Function<Clock, Pace> paces) {
        this.environment = Map.copyOf(environment);
        this.paces = paces;
    }

    @Override
    public String name() {
        return "ga4";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("web-traffic");
    }

    @Override
    public String plan() {
        return "the property by Google's Data API";
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        Pace pace = paces.apply(access.clock());
        try (Transport transport = Transport.open()) {
            Map<String, Long> counts = new LinkedHashMap<>(rows(reports(access, transport, pace, landing), window));
            counts.put("calls", (long) pace.budget().calls());
            return counts;
        }
    }

    @Override
    public String test(ShopAccess access) throws NeedsAttention {
        try (Transport transport = Transport.open()) {
            PropertyReports reports = reports(access, transport, paces.apply(access.clock()), null);
            LocalDate yesterday = LocalDate.ofInstant(access.clock().instant(), ZoneOffset.UTC)
                    .minusDays(1);
            return reports.write(Report.TRAFFIC, yesterday) + " rows of " + yesterday;
        }
    }

    private PropertyReports reports(ShopAccess access, Transport transport, Pace pace, @Nullable RecordWriter landing) {
        Account account = access.account();
        BaseAddress base = BaseAddress.of(Objects.requireNonNullElse(account.baseUrl(), OWN_ADDRESS), environment);
        GrantedTokens tokens = new GrantedTokens(transport.forTokens(), environment, pace);
        ApiClient client = ApiClient.of(
                transport, base, new GoogleDialect(), pace, TokenSource.of(access.tokens(tokens), account));
        return new PropertyReports(client, account.externalId(), access.clock(), landing);
    }

    private static Map<String, Long> rows(PropertyReports reports, AccountWindow window) throws NeedsAttention {
        LocalDate first =
                window.isFirst() || window.isReconcile() ? window.firstDay(Duration.ZERO) : window.firstDay(LOOKBACK);
        long days = 0;
        long rows = 0;
        for (LocalDate day = first; !day.isAfter(window.lastDay()); day = day.plusDays(1)) {
            for (Report report : Report.ALL) {
                rows += reports.write(report, day);
            }
            days++;
        }
        warnOfOtherZone(reports.timeZone(), window);
        return Map.of("days", days, "count_expected", rows);
    }

    /** Its days begin at another time than ours; they are taken as they are. */
    private static void warnOfOtherZone(@Nullable String zone, AccountWindow window) {
        String own = window.calendar().zone().getId();
        if (zone != null && !zone.equals(own)) {
            log.warn(
                    "account={} time_zone={} expected={} reason=\"the property's days are not the shop's\"",
                    window.account().id(),
                    zone,
                    own);
        }
    }
}
