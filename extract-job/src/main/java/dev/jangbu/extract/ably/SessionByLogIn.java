package dev.jangbu.extract.ably;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TokenEndpoint;
import dev.jangbu.extract.http.Pace;

/** A session in place of a token: kept sealed as those are, so that a run need not log in each time. */
final class SessionByLogIn implements TokenEndpoint {
    private final SellerPages pages;
    private final Pace pace;

    SessionByLogIn(SellerPages pages, Pace pace) {
        this.pages = pages;
        this.pace = pace;
    }

    @Override
    public Credential.Token renew(Account account, Credential credential) throws NeedsAttention {
        pace.budget().spend();
        SellerPages.Session session = pages.logIn(
                credential.secrets().getOrDefault("email", ""),
                credential.secrets().getOrDefault("password", ""),
                pace.clock().instant());
        return new Credential.Token(session.cookie(), session.until(), null, null);
    }
}
