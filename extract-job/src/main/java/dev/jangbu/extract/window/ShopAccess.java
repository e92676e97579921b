package dev.jangbu.extract.window;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.CustomerKeys;
import dev.jangbu.extract.account.TokenEndpoint;
import dev.jangbu.extract.account.TokenStore;
import dev.jangbu.extract.http.AddressLimit;
import dev.jangbu.extract.http.Turnstile;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.workspace.Workspace;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a source may use of Jangbu for one account: its secrets, its tenant's pseudonyms, what is loaded of it. */
public final class ShopAccess {
    private final Account account;
    private final Accounts accounts;
    private final LoadedOrders loaded;
    private final CustomerKeys customers;
    private final Workspace workspace;

    ShopAccess(Account account, Accounts accounts, LoadedOrders loaded, Workspace workspace) throws SQLException {
        this.account = account;
        this.accounts = accounts;
        this.loaded = loaded;
        this.customers = accounts.customerKeys(account);
        this.workspace = workspace;
    }

    /** Of an account, for a command that is no run. */
    public static ShopAccess of(Account account, Accounts accounts, Database database, Workspace workspace)
            throws SQLException {
        return new ShopAccess(account, accounts, new LoadedOrders(database::connect), workspace);
    }

    public Account account() {
        return account;
    }

    public Clock clock() {
        return accounts.clock();
    }

    /** Where calls to a platform stand in one queue with those of the workspace's other processes. */
    public Turnstile turnstile(AddressLimit limit) {
        return Turnstile.of(limit, workspace.callTimes(limit.platform()));
    }

    /** What the account logs in with, as it is stored now. */
    public Credential credential() throws SQLException {
        return accounts.credential(account);
    }

    /** Whether the account was marked so within some time. */
    public boolean isMarkedWithin(Attention attention, Duration time) throws SQLException {
        return accounts.isMarkedWithin(account, attention, time);
    }

    /** Tokens of the account's platform. */
    public TokenStore tokens(TokenEndpoint endpoint) {
        return accounts.tokens(endpoint);
    }

    /**
     * The pseudonym of a customer.
     *
     * @param stableId what the platform always calls them; null or blank where it does not say
     * @return 64 hexadecimal digits; null where unknown, or where they were erased
     */
    public @Nullable String customerKey(@Nullable String stableId) {
        return customers.of(stableId);
    }

    /** Ids of orders that may still change: with an item in no final state, ordered in the last 90 days. */
    public Set<String> openOrders() throws SQLException {
        return loaded.open(account.id(), clock().instant());
    }

    /** As {@link #openOrders}, the ids of their items that may still change. */
    public Set<String> openItems() throws SQLException {
        return loaded.openItems(account.id(), clock().instant());
    }

    /** Card sales of the account as they are loaded now; to be closed. */
    public LoadedSales loadedSales(ZoneId zone) throws SQLException {
        return loaded.sales(account.id(), zone);
    }

    /** Whether the tenant has an account on a platform too. */
    public boolean hasBeside(Channel channel) throws SQLException {
        return accounts.all().stream()
                .anyMatch(other -> other.tenant().equals(account.tenant()) && other.channel() == channel);
    }
}
