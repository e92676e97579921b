package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One transaction of a command that works on accounts. */
final class AccountsDatabase {
    private final Map<String, String> environment;
    private final RunOptions options;

    AccountsDatabase(Map<String, String> environment, RunOptions options) {
        this.environment = Map.copyOf(environment);
        this.options = options;
    }

    /** What is done in the transaction. */
    interface Work<T> {
        T with(AccountStore store) throws SQLException;
    }

    /** All accounts without their secrets: who lists them needs no key. */
    List<Account> all() {
        return connected(AccountStore::all);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} also when the key's file is not named or no key */
    <T> T inTransaction(Work<T> work) {
        return connected(connection -> {
            connection.setAutoCommit(false);
            T done = work.with(new AccountStore(connection, CredentialVault.from(environment)));
            connection.commit();
            return done;
        });
    }

    private interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T connected(Use<T> use) {
        Database database = new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu:accounts");
        try (Connection connection = database.connect()) {
            SchemaVersion.require(connection);
            return use.with(connection);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot work on accounts");
        }
    }
}
