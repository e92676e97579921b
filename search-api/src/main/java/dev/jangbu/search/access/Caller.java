package dev.jangbu.search.access;

import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for what: every query binds this, so that no row of another tenant is ever read.
 *
 * @param name the name its reviews bear
 * @param accounts all accounts of the tenant
 * @param stores the stores it may see; null for all of the tenant
 */
public record Caller(
        String name,
        Role role,
        String tenant,
        List<String> accounts,
        @Nullable List<Long> stores) {
    public Caller {
        accounts = List.copyOf(accounts);
        stores = stores == null ? null : List.copyOf(stores);
    }

    public boolean isReviewer() {
        return role == Role.REVIEWER;
    }

    /** Binds {@code :accounts}, {@code :all_stores} and {@code :stores}. */
    public <T extends SqlStatement<T>> T bind(T statement) {
        return statement
                .bindArray("accounts", String.class, accounts)
                .bind("all_stores", stores == null)
                .bindArray("stores", Long.class, stores == null ? List.of() : stores);
    }
}
