package dev.jangbu.search.access;

import dev.jangbu.search.database.SearchDatabase;
import dev.jangbu.search.http.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stores there are for a caller. One of another tenant is as one that never was. */
public final class Stores {
    private static final String IS_THERE = """
            SELECT EXISTS (
                SELECT 1 FROM raw.card_store AS store
                WHERE
                    store.account_id = ANY(:accounts)
                    AND store.store_id = :store_id
                    AND (:all_stores OR store.store_id = ANY(:stores))
            )""";

    private static final String SOME = """
            SELECT DISTINCT store.store_id FROM raw.card_store AS store
            WHERE store.account_id = ANY(:accounts) AND (:all_stores OR store.store_id = ANY(:stores))
            ORDER BY store.store_id LIMIT :most""";

    private static final String NAME = """
            SELECT MAX(store.name) FROM raw.card_store AS store
            WHERE
                store.account_id = ANY(:accounts)
                AND store.store_id = :store_id
                AND (:all_stores OR store.store_id = ANY(:stores))""";

    private final SearchDatabase database;

    public Stores(SearchDatabase database) {
        this.database = database;
    }

    /** @throws ProblemException 404 for a store that is not the caller's; none is asked for by null */
    public void require(Caller caller, @Nullable Long storeId) {
        if (storeId == null) {
            return;
        }
        boolean isThere = database.read(handle -> caller.bind(handle.createQuery(IS_THERE))
                .bind("store_id", storeId)
                .mapTo(Boolean.class)
                .one());
        if (!isThere) {
            throw ProblemException.notFound("store_id", String.valueOf(storeId), "a store of " + caller.tenant());
        }
    }

    /** The first of them by number. */
    public List<Long> some(Caller caller, int most) {
        return database.read(handle -> caller.bind(handle.createQuery(SOME))
                .bind("most", most)
                .mapTo(Long.class)
                .list());
    }

    /** What it is called; null where the source gives no names. */
    public @Nullable String name(Caller caller, long storeId) {
        return database.read(handle -> caller.bind(handle.createQuery(NAME))
                .bind("store_id", storeId)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }
}
