package dev.jangbu.extract.account;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts of a test's database, sealed with a key of the test's. */
public final class TestAccounts {
    private final TestDatabase database;
    private final Path keyFile;

    public TestAccounts(TestDatabase database, Path keyFile) {
        this.database = database;
        this.keyFile = keyFile;
        if (!Files.exists(keyFile)) {
            new KeyFile(keyFile).create();
        }
    }

    public CredentialVault vault() {
        return new CredentialVault(new KeyFile(keyFile).read());
    }

    /** The accounts as a run sees them. */
    public Accounts open(Clock clock) {
        Database opened = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(keyFile.resolveSibling("workspace"))),
                BusinessCalendar.seoul(),
                "jangbu:test");
        return new Accounts(opened, vault(), clock);
    }

    /** The settings a command reads. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put(KeyFile.SETTING, keyFile.toString());
        return environment;
    }

    /** Adds {@code cafe24-<mall>} of tenant {@code hlog}. */
    public Account addCafe24(
            String mall, @Nullable String baseUrl, Map<String, String> secrets, Credential.@Nullable Token token) {
        return add(new Account("cafe24-" + mall, "hlog", Channel.CAFE24, mall, baseUrl, null), secrets, token);
    }

    public Account add(Account account, Map<String, String> secrets, Credential.@Nullable Token token) {
        try (Connection connection = database.connect()) {
            new AccountStore(connection, vault()).add(account, new Credential(secrets, token));
            return account;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
