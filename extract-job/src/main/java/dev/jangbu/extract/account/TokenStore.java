package dev.jangbu.extract.account;

import dev.jangbu.kit.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of accounts, renewed early and by one caller at a time: threads wait for each other here, processes at the
 * credential's row. All who waited get the token that the first one got. A renewed token is committed before anybody uses
 * it: where the platform rotates refresh tokens, the old one is worth nothing from then on. A token that is good for some
 * minutes is handed out without asking the database; whoever has it refused gets the one that is stored.
 */
public final class TokenStore {
    /** So long before its end a token is renewed. */
    static final Duration EARLY = Duration.ofMinutes(5);

    private final Database database;
    private final CredentialVault vault;
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Map<String, Object> perAccount = new ConcurrentHashMap<>();
    private final Map<String, Credential.Token> known = new ConcurrentHashMap<>();

    TokenStore(Database database, CredentialVault vault, TokenEndpoint endpoint, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * A token that lasts for some minutes at least.
     *
     * @throws NeedsAttention when only the account's owner can help; the account is marked
     */
    public Credential.Token get(Account account) throws SQLException, NeedsAttention {
        return get(account, null);
    }

    /**
     * A token in place of one that the platform refused before its time. Of several callers with the same refused token the
     * first one renews it.
     */
    public Credential.Token inPlaceOf(Credential.Token refused, Account account) throws SQLException, NeedsAttention {
        return get(account, refused.access());
    }

    private Credential.Token get(Account account, @Nullable String refused) throws SQLException, NeedsAttention {
        Credential.@Nullable Token last = fresh(known.get(account.id()), refused);
        if (last != null) {
            return last;
        }
        Credential.Token token = stored(account, refused);
        known.put(account.id(), token);
        return token;
    }

    private Credential.Token stored(Account account, @Nullable String refused) throws SQLException, NeedsAttention {
        try (Connection connection = database.connect()) {
            Credential.@Nullable Token held =
                    fresh(new AccountStore(connection, vault).read(account.id()).token(), refused);
            if (held != null) {
                return held;
            }
        }
        synchronized (perAccount.computeIfAbsent(account.id(), id -> new Object())) {
            return renew(account, refused);
        }
    }

    /** In one short transaction of its own; the row stays locked while the platform is asked. */
    private Credential.Token renew(Account account, @Nullable String refused) throws SQLException, NeedsAttention {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            AccountStore store = new AccountStore(connection, vault);
            Credential credential = store.lock(account.id());
            Credential.@Nullable Token renewedMeanwhile = fresh(credential.token(), refused);
            if (renewedMeanwhile != null) {
                connection.rollback();
                return renewedMeanwhile;
            }
            try {
                Credential.Token renewed = endpoint.renew(account, credential);
                store.write(account.id(), credential.with(renewed));
                connection.commit();
                return renewed;
            } catch (NeedsAttention refusal) {
                store.mark(account.id(), refusal.attention());
                connection.commit();
                throw refusal;
            }
        }
    }

    private Credential.@Nullable Token fresh(Credential.@Nullable Token token, @Nullable String refused) {
        boolean isFresh = token != null
                && !token.access().equals(refused)
                && token.accessExpiresAt().isAfter(clock.instant().plus(EARLY));
        return isFresh ? token : null;
    }
}
