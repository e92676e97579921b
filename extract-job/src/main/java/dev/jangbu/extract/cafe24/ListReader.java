package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.kit.exit.JobFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads lists to their end. Rows move between pages while others come in, so the platform's own count is asked for first,
 * rows are told apart by their key, and a list that comes out short is read once more.
 */
final class ListReader {
    private final Mall mall;
    private long expected;
    private long received;

    ListReader(Mall mall) {
        this.mall = mall;
    }

    /**
     * Takes the rows of a page that were not on an earlier one of the same reading.
     *
     * @param <T> the rows
     */
    interface Sink<T> {
        /** @param observedAt before the page was asked for */
        void take(List<T> rows, Instant observedAt) throws NeedsAttention;
    }

    /**
     * A row of another shop counts there; one that names none cannot be told from the first shop's.
     *
     * @throws JobFailure of {@link FailureKind#SCHEMA} when another shop is asked and the row does not say so
     */
    void requireShop(Object row) {
        if (row instanceof OfShop told && mall.shopNo() != 1 && told.shopNo() == null) {
            throw FailureKind.SCHEMA.failure("shop_no: missing (expected: the shop of each row, as shop "
                    + mall.shopNo() + " of the mall was asked)");
        }
    }

    /** The shop that is asked. */
    Mall mall() {
        return mall;
    }

    /** Rows the platform counted, over all lists that it counts. */
    long expected() {
        return expected;
    }

    /** Different rows that came, over the same lists. */
    long received() {
        return received;
    }

    /** How many rows the platform says there are. */
    <T> int count(Listing<T> listing, Map<String, ?> filters) throws NeedsAttention {
        String path = listing.countPath();
        if (path == null) {
            throw new IllegalArgumentException("list: " + listing.path() + " (expected: one that is counted)");
        }
        return mall.count(path, filters);
    }

    /**
     * Reads a list that the platform counts.
     *
     * @param extra parameters that the count does not know, such as {@code embed}
     * @throws JobFailure of {@link FailureKind#WINDOW_TOO_LARGE}, or {@link FailureKind#PAGE_GAP} when rows are missing
     *     twice
     */
    <T> void read(Listing<T> listing, Map<String, ?> filters, Map<String, ?> extra, Sink<T> sink)
            throws NeedsAttention {
        int count = count(listing, filters);
        if (count > listing.most()) {
            throw FailureKind.WINDOW_TOO_LARGE.failure(
                    listing.path() + ": " + count + " rows (expected: at most " + listing.most() + ")");
        }
        readCounted(listing, filters, extra, count, sink);
    }

    /** As {@link #read}, where the count is known already and not too high. */
    <T> void readCounted(Listing<T> listing, Map<String, ?> filters, Map<String, ?> extra, int count, Sink<T> sink)
            throws NeedsAttention {
        if (count == 0) {
            return;
        }
        Map<String, Object> parameters = new LinkedHashMap<>(filters);
        parameters.putAll(extra);
        int wanted = count;
        int came = readPages(listing, parameters, sink);
        if (came < wanted) {
            wanted = count(listing, filters);
            came = readPages(listing, parameters, sink);
        }
        if (came < wanted) {
            throw FailureKind.PAGE_GAP.failure(listing.path() + ": " + came + " rows (expected: " + wanted
                    + " by the platform's own count, also when read again)");
        }
        add(wanted, came);
    }

    /** Counts in a list that was read in another way. */
    void add(int counted, int came) {
        expected += counted;
        received += came;
    }

    /**
     * Reads a list to its last page; tells how many different rows came.
     *
     * @throws JobFailure of {@link FailureKind#WINDOW_TOO_LARGE} when it goes on behind the last page there can be
     */
    <T> int readPages(Listing<T> listing, Map<String, ?> parameters, Sink<T> sink) throws NeedsAttention {
        Set<String> seen = new HashSet<>();
        int offset = 0;
        while (true) {
            Instant observedAt = mall.now();
            Answers.Page<T> page = mall.read(listing.path(), page(listing, parameters, offset), listing.answer());
            List<T> fresh = new ArrayList<>();
            page.rows().forEach(this::requireShop);
            page.rows().stream()
                    .filter(row -> seen.add(listing.key().apply(row)))
                    .forEach(fresh::add);
            sink.take(fresh, observedAt);
            offset += page.rows().size();
            if (page.rows().isEmpty() || !page.hasNext()) {
                return seen.size();
            }
            if (offset > listing.mostOffset()) {
                throw FailureKind.WINDOW_TOO_LARGE.failure(
                        listing.path() + ": more than " + offset + " rows (expected: at most " + listing.most() + ")");
            }
        }
    }

    private static Map<String, Object> page(Listing<?> listing, Map<String, ?> parameters, int offset) {
        Map<String, Object> page = new LinkedHashMap<>(parameters);
        page.put("limit", listing.limit());
        page.put("offset", offset);
        return page;
    }
}
