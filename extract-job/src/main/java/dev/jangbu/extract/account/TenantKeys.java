package dev.jangbu.extract.account;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** The tenants' keys for pseudonyms, sealed, within the caller's transaction. */
final class TenantKeys {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Connection connection;
    private final CredentialVault vault;

    TenantKeys(Connection connection, CredentialVault vault) {
        this.connection = connection;
        this.vault = vault;
    }

    /** The tenant's key, made at its first use; of several that make it at once the first one's stays. */
    byte[] of(String tenant) throws SQLException {
        byte[] fresh = new byte[BYTES];
        RANDOM.nextBytes(fresh);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.tenant_key (tenant_id, ciphertext, key_id) VALUES (?, ?, ?)
                ON CONFLICT (tenant_id) DO NOTHING""")) {
            insert.setString(1, tenant);
            insert.setBytes(2, vault.sealKey(tenant, fresh));
            insert.setLong(3, vault.keyId());
            insert.executeUpdate();
        }
        return read(tenant);
    }

    /** Seals all of them with the key that seals now. */
    int sealAll() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT tenant_id FROM ops.tenant_key ORDER BY tenant_id FOR UPDATE");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE ops.tenant_key SET ciphertext = ?, key_id = ? WHERE tenant_id = ?");
                ResultSet rows = select.executeQuery()) {
            int sealed = 0;
            while (rows.next()) {
                String tenant = Objects.requireNonNull(rows.getString(1));
                update.setBytes(1, vault.sealKey(tenant, read(tenant)));
                update.setLong(2, vault.keyId());
                update.setString(3, tenant);
                sealed += update.executeUpdate();
            }
            return sealed;
        }
    }

    private byte[] read(String tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT ciphertext FROM ops.tenant_key WHERE tenant_id = ?")) {
            select.setString(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return vault.openKey(tenant, Objects.requireNonNull(row.getBytes(1)));
            }
        }
    }
}
