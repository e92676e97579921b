package dev.jangbu.extract;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One account, used by a command that is no run. */
final class AccountUse {
    private final Database database;
    private final Accounts accounts;
    private final Account account;
    private final Workspace workspace;

    private AccountUse(Database database, Accounts accounts, Account account, Workspace workspace) {
        this.database = database;
        this.accounts = accounts;
        this.account = account;
        this.workspace = workspace;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is no such account */
    static AccountUse of(String accountId, Map<String, String> environment, RunOptions options, Clock clock) {
        return opened(
                environment,
                options,
                clock,
                (database, accounts) ->
                        new AccountUse(database, accounts, accounts.named(accountId), options.workspace()));
    }

    /** The active accounts whose access ends for good within some time, who is first at the end before the others. */
    static List<AccountUse> endingWithin(
            Duration time, Map<String, String> environment, RunOptions options, Clock clock) {
        return opened(environment, options, clock, (database, accounts) -> accounts.endingWithin(time).keySet().stream()
                .map(account -> new AccountUse(database, accounts, account, options.workspace()))
                .toList());
    }

    private interface Opening<T> {
        T of(Database database, Accounts accounts) throws SQLException;
    }

    private static <T> T opened(Map<String, String> environment, RunOptions options, Clock clock, Opening<T> opening) {
        CredentialVault vault = CredentialVault.from(environment);
        Database database = new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu:accounts");
        try (Connection connection = database.connect()) {
            SchemaVersion.require(connection);
            return opening.of(database, new Accounts(database, vault, clock));
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot read the accounts");
        }
    }

    /** What is done with it. */
    interface Work<T> {
        T with(Accounts accounts, ShopAccess access) throws SQLException, NeedsAttention;
    }

    Account account() {
        return account;
    }

    /**
     * Does it; an account that needs its owner is marked.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when only the owner can help
     */
    <T> T run(Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot work on account " + account.id());
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        try {
            return work.with(accounts, ShopAccess.of(account, accounts, database, workspace));
        } catch (NeedsAttention refusal) {
            accounts.mark(account, refusal.attention());
            throw new JobFailure(
                    ExitCode.FAILED,
                    "account " + account.id() + " needs attention: " + refusal.attention() + ", " + refusal.getMessage()
                            + "; " + refusal.attention().remedy());
        }
    }
}
