package dev.jangbu.extract.http;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TokenStore;
import dev.jangbu.kit.database.SqlFailures;
import java.sql.SQLException;

/** The tokens of one account. */
public interface TokenSource {
    Credential.Token get() throws NeedsAttention;

    /** In place of one that the platform refused. */
    Credential.Token inPlaceOf(Credential.Token refused) throws NeedsAttention;

    static TokenSource of(TokenStore store, Account account) {
        return new TokenSource() {
            @Override
            public Credential.Token get() throws NeedsAttention {
                try {
                    return store.get(account);
                } catch (SQLException failure) {
                    throw SqlFailures.explain(failure, "cannot read the token of " + account.id());
                }
            }

            @Override
            public Credential.Token inPlaceOf(Credential.Token refused) throws NeedsAttention {
                try {
                    return store.inPlaceOf(refused, account);
                } catch (SQLException failure) {
                    throw SqlFailures.explain(failure, "cannot renew the token of " + account.id());
                }
            }
        };
    }
}
