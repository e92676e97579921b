package dev.jangbu.extract.account;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The accounts as a run uses them; each call is a transaction of its own. Thread-safe. */
public final class Accounts {
    private final Database database;
    private final CredentialVault vault;
    private final Clock clock;

    /** @param clock that of tokens' ends */
    public Accounts(Database database, CredentialVault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    public Clock clock() {
        return clock;
    }

    /** All that are not removed. */
    public List<Account> all() throws SQLException {
        try (Connection connection = database.connect()) {
            return new AccountStore(connection, vault).all();
        }
    }

    /**
     * Active accounts whose access ends for good within some time, unless it is renewed before; who is asked first.
     *
     * @return when it ends, by account
     */
    public Map<Account, Instant> endingWithin(Duration time) throws SQLException {
        try (Connection connection = database.connect()) {
            AccountStore store = new AccountStore(connection, vault);
            Map<String, Instant> ends = store.tokenEnds();
            Instant bound = clock.instant().plus(time);
            Map<Account, Instant> ending = new LinkedHashMap<>();
            store.all().stream()
                    .filter(account -> account.attention() == null)
                    .filter(account ->
                            ends.getOrDefault(account.id(), Instant.MAX).isBefore(bound))
                    .sorted(Comparator.comparing(account -> ends.getOrDefault(account.id(), Instant.MAX)))
                    .forEach(account -> ending.put(account, ends.getOrDefault(account.id(), Instant.MAX)));
            return ending;
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is none of that name */
    public Account named(String id) throws SQLException {
        try (Connection connection = database.connect()) {
            return new AccountStore(connection, vault).named(id);
        }
    }

    public Credential credential(Account account) throws SQLException {
        try (Connection connection = database.connect()) {
            return new AccountStore(connection, vault).read(account.id());
        }
    }

    /** Stores a token that came otherwise than by renewal: by its owner's consent. The account is active from then on. */
    public void keep(Account account, Credential.Token token) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            AccountStore store = new AccountStore(connection, vault);
            store.write(account.id(), store.lock(account.id()).with(token));
            store.activate(account.id());
            connection.commit();
        }
    }

    /** Takes it in again: its platform answers. */
    public void activate(Account account) throws SQLException {
        try (Connection connection = database.connect()) {
            new AccountStore(connection, vault).activate(account.id());
        }
    }

    /** Whether it was marked so within some time. */
    public boolean isMarkedWithin(Account account, Attention attention, Duration time) throws SQLException {
        try (Connection connection = database.connect()) {
            return new AccountStore(connection, vault).isMarkedWithin(account.id(), attention, time);
        }
    }

    public TokenStore tokens(TokenEndpoint endpoint) {
        return new TokenStore(database, vault, endpoint, clock);
    }

    /** The pseudonyms of a tenant's customers on the account's platform. */
    public CustomerKeys customerKeys(Account account) throws SQLException {
        try (Connection connection = database.connect()) {
            return CustomerKeys.of(connection, vault, account);
        }
    }

    /** Leaves the account out until its owner has acted. */
    public void mark(Account account, Attention attention) throws SQLException {
        try (Connection connection = database.connect()) {
            new AccountStore(connection, vault).mark(account.id(), attention);
        }
    }
}
