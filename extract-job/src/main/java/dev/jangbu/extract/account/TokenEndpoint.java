package dev.jangbu.extract.account;

/** Asks a platform for a token; one implementation a platform. */
public interface TokenEndpoint {
    /**
     * A new token in place of the last one. Called with the account's row locked, so it answers within ten seconds.
     *
     * @throws NeedsAttention when only the account's owner can help
     * @throws dev.jangbu.kit.exit.JobFailure when the platform does not answer
     */
    Credential.Token renew(Account account, Credential credential) throws NeedsAttention;
}
