package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.util.function.SingletonSupplier;

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

    <T> T inTransaction(Work<T> work) {
        Database database = new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu:accounts");
        try (Connection connection = database.connect()) {
            SchemaVersion.require(connection);
            connection.setAutoCommit(false);
            T done = work.with(
                    new AccountStore(connection, SingletonSupplier.of(() -> CredentialVault.from(environment))));
            connection.commit();
            return done;
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot work on accounts");
        }
    }
}
