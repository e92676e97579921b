package dev.jangbu.extract.ably;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.BaseAddress;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;

/**
 * The seller's pages, read in a browser with the seller's own log-in. Only with the seller's consent, and slowly: whether
 * Ably's terms allow it is for the seller to know. The file import is the route to prefer.
 */
public final class AblyCrawlSource implements ShopSource {
    private static final String OWN_ADDRESS = "https://my.a-bly.com";
    private static final Duration LOOKBACK = Duration.ofDays(14);
    private static final Duration REST = Duration.ofHours(24);

    private final Map<String, String> environment;
    private final Function<Clock, Pace> paces;
    private final Layout layout;

    public AblyCrawlSource(Map<String, String> environment) {
        this(environment, Pace::ofRun);
    }

    AblyCrawlSource(Map<String, String> environment, Function<Clock, Pace> paces) {
        this.environment = Map.copyOf(environment);
        this.paces = paces;
        this.layout = Layout.from(environment);
    }

    @Override
    public String name() {
        return "ably-crawl";
    }

    @Override
    public String profile() {
        return "ably";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("orders");
    }

    @Override
    public String plan() {
        return "the seller's pages in a browser";
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        return visited(access, (pages, pace) -> {
            pages.closeDialogs();
            Crawl crawl = new Crawl(pages, layout, pace, access, landing);
            crawl(crawl, window);
            return Map.of("count_expected", landing.records(), "calls", (long) crawl.pagesRead());
        });
    }

    /** Logs in and opens the orders. A platform that asked for a person is let alone for a day first. */
    @Override
    public String test(ShopAccess access) throws SQLException, NeedsAttention {
        if (access.isMarkedWithin(Attention.HUMAN_NEEDED, REST)) {
            throw FailureKind.HUMAN_NEEDED.failure("log-in: the platform asked for a person less than " + REST.toHours()
                    + " hours ago (expected: a rest before the next try; the seller may log in by hand)");
        }
        return visited(access, (pages, pace) -> "the page of orders");
    }

    /** What is done in the seller's pages, logged in, with the orders open. */
    private interface Visit<T> {
        T with(SellerPages pages, Pace pace) throws NeedsAttention;
    }

    private <T> T visited(ShopAccess access, Visit<T> visit) throws NeedsAttention {
        Account account = access.account();
        String address = Objects.requireNonNullElse(account.baseUrl(), OWN_ADDRESS);
        BaseAddress base = BaseAddress.of(address, environment);
        WebDriver driver = Browser.open(environment);
        try {
            Pace pace = paces.apply(access.clock());
            SellerPages pages = new SellerPages(driver, layout, base.toString().replaceAll("/$", ""));
            enter(pages, TokenSource.of(access.tokens(new SessionByLogIn(pages, pace)), account));
            return visit.with(pages, pace);
        } catch (WebDriverException broken) {
            // Not as the cause: it tells what is on the page.
            throw FailureKind.UNAVAILABLE.failure(
                    "browser: " + broken.getClass().getSimpleName() + " (expected: pages that answer)");
        } finally {
            driver.quit();
        }
    }

    private static void enter(SellerPages pages, TokenSource sessions) throws NeedsAttention {
        Credential.Token session = sessions.get();
        if (pages.openOrders(new SellerPages.Session(session.access(), session.accessExpiresAt()))) {
            return;
        }
        Credential.Token renewed = sessions.inPlaceOf(session);
        if (!pages.openOrders(new SellerPages.Session(renewed.access(), renewed.accessExpiresAt()))) {
            throw FailureKind.AUTH.failure("log-in: a new session is refused");
        }
    }

    /** Day by day what was paid lately, as it may still change; more than that month by month. */
    private static void crawl(Crawl crawl, AccountWindow window) {
        LocalDate last = window.lastDay();
        LocalDate first =
                window.isFirst() || window.isReconcile() ? window.firstDay(Duration.ZERO) : window.firstDay(LOOKBACK);
        for (LocalDate from = first; !from.isAfter(last); from = from.plusMonths(1)) {
            LocalDate to = from.plusMonths(1).minusDays(1);
            crawl.write(from, to.isAfter(last) ? last : to);
        }
    }
}
