package dev.jangbu.extract.mysql;

import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that changed since what is loaded, in the order of (modified, id), page by page: a page begins behind the last
 * row of the one before, also where thousands of rows have the same time. How far it came is the time of the last row, but
 * never later than the source's clock or ours says: rows from the future are read, and read again.
 */
final class ChangedSales {
    /** One range of the index a branch; no offset, no row read to be thrown away. */
    static final String PAGE = "SELECT " + SaleLine.SELECTED + """
            FROM platform_sales
            WHERE (modified = ? AND id > ?) OR modified > ?
            ORDER BY modified, id
            LIMIT ?""";

    private static final String COUNT =
            "SELECT COUNT(*) FROM platform_sales WHERE (modified = ? AND id > ?) OR modified > ?";

    /** A row's time is set before its transaction ends: so long it may stay unseen behind rows that are loaded. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    /** Before the first time a DATETIME can be. */
    private static final LocalDateTime BEFORE_ALL = LocalDateTime.of(999, 12, 31, 0, 0);

    private final Snapshot snapshot;
    private final ZoneId zone;
    private final int pageRows;
    private final SaleLine line;
    private Place place;
    private @Nullable SaleRow written;
    private long pages;
    private long ahead;

    /** @param keyOf pseudonym of a card, by its digits and stars */
    ChangedSales(Snapshot snapshot, AccountWindow window, int pageRows, Function<String, @Nullable String> keyOf) {
        this.snapshot = snapshot;
        this.zone = window.calendar().zone();
        this.pageRows = pageRows;
        this.line = new SaleLine(snapshot.at(), keyOf);
        this.place = new Place(start(window), Long.MAX_VALUE);
    }

    /** Behind this row the reading goes on. */
    private record Place(LocalDateTime modified, long id) {
        static Place of(SaleRow sale) {
            return new Place(sale.modified(), sale.id());
        }
    }

    /**
     * Where a killed reading had come to.
     *
     * @param limit of how far is read: what changed at the source since then may have been behind
     */
    private record Reached(LocalDateTime modified, long id, Instant limit) {}

    private LocalDateTime start(AccountWindow window) {
        return window.from().equals(Instant.EPOCH)
                ? BEFORE_ALL
                : LocalDateTime.ofInstant(window.from().minus(OVERLAP), zone);
    }

    /** @return what was counted, by name */
    Map<String, Long> read(AccountWindow window, RecordWriter landing) {
        Instant limit = earlier(instant(snapshot.sourceTime()), snapshot.at());
        String resumed = landing.resumed().orElse(null);
        if (resumed != null) {
            Reached reached = Json.mapper().readValue(resumed, Reached.class);
            place = new Place(reached.modified(), reached.id());
            limit = earlier(reached.limit(), limit);
        }
        Place start = place;
        Instant bound = limit;
        landing.resumableBy(() -> Json.line(reached(bound)));
        long read = snapshot.ask("cannot read the sales", connection -> readPages(landing));
        long expected = snapshot.ask("cannot count the sales", connection -> count(start));
        requireAll(read, expected);
        Instant reached = earlier(instant(place.modified()), limit);
        landing.readUntil(reached.isBefore(window.from()) ? window.from() : reached);
        return counts(landing, expected);
    }

    /** Of the thread that writes, and when that has ended of any. */
    private Reached reached(Instant bound) {
        SaleRow last = written;
        Place reached = last == null ? place : Place.of(last);
        return new Reached(reached.modified(), reached.id(), bound);
    }

    /** One thread reads, another writes. */
    private long readPages(RecordWriter landing) throws SQLException {
        LocalDateTime now = LocalDateTime.ofInstant(snapshot.at(), zone);
        long read = 0;
        try (HandedOn<SaleRow> handed = HandedOn.to(sale -> write(sale, landing, now));
                PreparedStatement page = snapshot.streamed(PAGE)) {
            int rows;
            do {
                bind(page, place);
                page.setInt(4, pageRows);
                rows = readPage(page, handed);
                read += rows;
                pages++;
            } while (rows == pageRows);
            handed.finish();
        }
        return read;
    }

    private int readPage(PreparedStatement page, HandedOn<SaleRow> handed) throws SQLException {
        int rows = 0;
        try (ResultSet sales = page.executeQuery()) {
            SaleRow last = null;
            while (sales.next()) {
                last = SaleRow.of(sales);
                handed.give(last);
                rows++;
            }
            place = last == null ? place : Place.of(last);
        }
        return rows;
    }

    /** On the thread of the landing. */
    private void write(SaleRow sale, RecordWriter landing, LocalDateTime now) {
        JsonLine json = line.of(sale);
        written = sale;
        landing.line(json.content(), 0, json.length());
        ahead += sale.modified().isAfter(now) ? 1 : 0;
    }

    private long count(Place start) throws SQLException {
        try (PreparedStatement count = snapshot.streamed(COUNT)) {
            bind(count, start);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void bind(PreparedStatement query, Place behind) throws SQLException {
        query.setObject(1, behind.modified());
        query.setLong(2, behind.id());
        query.setObject(3, behind.modified());
    }

    private static void requireAll(long read, long expected) {
        if (read != expected) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "platform_sales: " + read + " rows read (expected: " + expected + ", as the same snapshot counts)");
        }
    }

    private Map<String, Long> counts(RecordWriter landing, long expected) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("count_expected", landing.resumedRecords() + expected);
        counts.put("pages", pages);
        counts.put("resumed", landing.resumedRecords());
        counts.put("ahead_of_clock", ahead);
        counts.put(
                "clock_ahead_seconds",
                Math.max(
                        0,
                        Duration.between(snapshot.at(), instant(snapshot.sourceTime()))
                                .toSeconds()));
        return counts;
    }

    private Instant instant(LocalDateTime time) {
        return time.atZone(zone).toInstant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
