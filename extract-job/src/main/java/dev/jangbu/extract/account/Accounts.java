package dev.jangbu.extract.account;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

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
