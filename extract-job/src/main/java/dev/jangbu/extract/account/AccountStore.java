package dev.jangbu.extract.account;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The accounts and their sealed credentials, within the caller's transaction. */
final class AccountStore {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final Supplier<CredentialVault> vault;

    AccountStore(Connection connection, CredentialVault vault) {
        this(connection, () -> vault);
    }

    /** @param vault asked for only where a secret is sealed or opened: who lists accounts needs no key */
    AccountStore(Connection connection, Supplier<CredentialVault> vault) {
        this.connection = connection;
        this.vault = vault;
    }

    /** As {@link #add(Account, Credential, boolean)}, with the shops it has. */
    void add(Account account, Credential credential) throws SQLException {
        add(account, credential, true);
    }

    /**
     * Adds the account with its credential. One of the same id that needs attention or was removed is renewed by it.
     *
     * @param areShopsTold else one that is there keeps those it has
     * @throws JobFailure with {@link ExitCode#USAGE} when the tenant has another account at that place
     */
    void add(Account account, Credential credential, boolean areShopsTold) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.account AS held (account_id, tenant_id, channel_code, external_id, base_url, shops)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET
                    external_id = excluded.external_id,
                    base_url = excluded.base_url,
                    shops = CASE WHEN ? THEN excluded.shops ELSE held.shops END,
                    status = 'ACTIVE',
                    needs_attention_reason = NULL,
                    updated_at = clock_timestamp()
                WHERE held.tenant_id = excluded.tenant_id AND held.channel_code = excluded.channel_code""")) {
            insert.setString(1, account.id());
            insert.setString(2, account.tenant());
            insert.setString(3, account.channel().name());
            insert.setString(4, account.externalId());
            insert.setString(5, account.baseUrl());
            insert.setArray(6, connection.createArrayOf("int4", account.shops().toArray()));
            insert.setBoolean(7, areShopsTold);
            if (insert.executeUpdate() == 0) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "account " + account.id() + ": is another shop's or platform's (expected: a name of its own)");
            }
        } catch (SQLException failure) {
            if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        account.channel().word() + " " + account.externalId() + ": " + account.tenant()
                                + " has it under another name (expected: accounts rotate, or remove that one first)",
                        failure);
            }
            throw failure;
        }
        write(account.id(), credential);
    }

    /** All that are not removed, by tenant and name. */
    List<Account> all() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT account_id, tenant_id, channel_code, external_id, base_url, needs_attention_reason, shops
                FROM ops.account
                WHERE status <> 'REMOVED'
                ORDER BY tenant_id, account_id""");
                ResultSet rows = select.executeQuery()) {
            List<Account> accounts = new ArrayList<>();
            while (rows.next()) {
                accounts.add(read(rows));
            }
            return accounts;
        }
    }

    /** When the tokens end that live only as long as they are renewed, by account. */
    Map<String, Instant> tokenEnds() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT account_id, refresh_expires_at
                FROM ops.credential
                WHERE refresh_expires_at IS NOT NULL""");
                ResultSet rows = select.executeQuery()) {
            Map<String, Instant> ends = new HashMap<>();
            while (rows.next()) {
                ends.put(
                        Objects.requireNonNull(rows.getString(1)),
                        rows.getObject(2, OffsetDateTime.class).toInstant());
            }
            return ends;
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is none of that name */
    Account named(String id) throws SQLException {
        return all().stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new JobFailure(ExitCode.USAGE, "account: " + id + " (expected: one that accounts list shows)"));
    }

    /** Takes its secrets away; what was loaded from it stays. */
    void remove(String id) throws SQLException {
        named(id);
        update("DELETE FROM ops.credential WHERE account_id = ?", id);
        update(
                "UPDATE ops.account SET status = 'REMOVED', needs_attention_reason = NULL, updated_at = clock_timestamp()"
                        + " WHERE account_id = ?",
                id);
    }

    /** Leaves the account out until its owner has acted. */
    void mark(String id, Attention attention) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE ops.account
                SET status = 'NEEDS_ATTENTION', needs_attention_reason = ?, updated_at = clock_timestamp()
                WHERE account_id = ? AND status <> 'REMOVED'""")) {
            update.setString(1, attention.name());
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    /** Whether it was marked so within some time, by the database's clock. */
    boolean isMarkedWithin(String id, Attention attention, Duration time) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT 1
                FROM ops.account
                WHERE
                    account_id = ? AND needs_attention_reason = ?
                    AND updated_at > clock_timestamp() - make_interval(secs => ?)""")) {
            select.setString(1, id);
            select.setString(2, attention.name());
            select.setDouble(3, (double) time.toSeconds());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes it in again: its owner has acted. */
    void activate(String id) throws SQLException {
        update(
                "UPDATE ops.account SET status = 'ACTIVE', needs_attention_reason = NULL, updated_at = clock_timestamp()"
                        + " WHERE account_id = ? AND status = 'NEEDS_ATTENTION'",
                id);
    }

    /** Seals every secret with the key that seals now; tells how many. */
    int sealAll() throws SQLException {
        List<Account> accounts = all();
        for (Account account : accounts) {
            write(account.id(), lock(account.id()));
        }
        return accounts.size() + new TenantKeys(connection, vault.get()).sealAll();
    }

    Credential read(String id) throws SQLException {
        return credential(id, "SELECT ciphertext FROM ops.credential WHERE account_id = ?");
    }

    /** As {@link #read}, and holds the row until the transaction ends: one renewal at a time, over all processes. */
    Credential lock(String id) throws SQLException {
        return credential(id, "SELECT ciphertext FROM ops.credential WHERE account_id = ? FOR UPDATE");
    }

    void write(String id, Credential credential) throws SQLException {
        Credential.@Nullable Token token = credential.token();
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO ops.credential AS held
                    (account_id, ciphertext, key_id, access_expires_at, refresh_expires_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET
                    ciphertext = excluded.ciphertext,
                    key_id = excluded.key_id,
                    access_expires_at = excluded.access_expires_at,
                    refresh_expires_at = excluded.refresh_expires_at,
                    version = held.version + 1,
                    updated_at = clock_timestamp()""")) {
            upsert.setString(1, id);
            upsert.setBytes(2, vault.get().seal(id, credential));
            upsert.setLong(3, vault.get().keyId());
            upsert.setObject(4, token == null ? null : utc(token.accessExpiresAt()));
            upsert.setObject(5, token == null ? null : utc(token.refreshExpiresAt()));
            upsert.executeUpdate();
        }
    }

    private Credential credential(String id, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new JobFailure(
                            ExitCode.USAGE, "account " + id + ": has no credential (expected: accounts add first)");
                }
                return vault.get().open(id, Objects.requireNonNull(row.getBytes(1)));
            }
        }
    }

    private void update(String sql, String id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, id);
            update.executeUpdate();
        }
    }

    private static Account read(ResultSet row) throws SQLException {
        @Nullable String attention = row.getString(6);
        return new Account(
                Objects.requireNonNull(row.getString(1)),
                Objects.requireNonNull(row.getString(2)),
                Channel.valueOf(row.getString(3)),
                Objects.requireNonNull(row.getString(4)),
                row.getString(5),
                attention == null ? null : Attention.valueOf(attention),
                List.of((Integer[]) Objects.requireNonNull(row.getArray(7)).getArray()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
