package dev.jangbu.search.access;

import dev.jangbu.search.database.SearchDatabase;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up who asks, anew at each request: a revoked key opens nothing from then on. */
public final class Callers {
    private static final String BY_KEY = """
            SELECT
                granted.name,
                granted.role,
                granted.tenant_id,
                granted.store_ids,
                ARRAY(
                    SELECT account.account_id FROM ops.account AS account
                    WHERE account.tenant_id = granted.tenant_id ORDER BY account.account_id
                ) AS accounts
            FROM ops.api_key AS granted
            WHERE granted.key_hash = :key_hash AND granted.revoked_at IS NULL""";

    private static final String ACCOUNTS =
            "SELECT account.account_id FROM ops.account AS account WHERE account.tenant_id = :tenant ORDER BY 1";

    private final SearchDatabase database;

    public Callers(SearchDatabase database) {
        this.database = database;
    }

    /** Empty for a key that was never given out, or is revoked. */
    public Optional<Caller> ofKeyHash(String keyHash) {
        return database.read(handle -> handle.createQuery(BY_KEY)
                .bind("key_hash", keyHash)
                .map((row, context) -> caller(row))
                .findOne());
    }

    /** The caller a token vouches for. */
    public Caller ofToken(String subject, Role role, String tenant, @Nullable List<Long> stores) {
        List<String> accounts = database.read(handle -> handle.createQuery(ACCOUNTS)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .list());
        return new Caller(subject, role, tenant, accounts, stores);
    }

    private static Caller caller(ResultSet row) throws SQLException {
        Array stores = row.getArray("store_ids");
        return new Caller(
                row.getString("name"),
                Role.of(row.getString("role")).orElse(Role.READER),
                row.getString("tenant_id"),
                Arrays.asList((String[]) row.getArray("accounts").getArray()),
                stores == null ? null : Arrays.asList((Long[]) stores.getArray()));
    }
}
