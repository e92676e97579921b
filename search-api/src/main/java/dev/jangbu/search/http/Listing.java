package dev.jangbu.search.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows.
 *
 * @param next where the next page begins; null when this is the last
 */
public record Listing<T>(List<T> rows, @Nullable Cursor next) {
    public Listing {
        rows = List.copyOf(rows);
    }

    /** Of one row more than the page may have, where there are so many. */
    public static <T> Listing<T> of(List<T> found, int limit, Function<T, Cursor> place) {
        if (found.size() <= limit) {
            return new Listing<>(found, null);
        }
        return new Listing<>(found.subList(0, limit), place.apply(found.get(limit - 1)));
    }
}
