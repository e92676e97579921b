package dev.jangbu.extract.mysql;

import dev.jangbu.extract.window.LoadedSales;
import dev.jangbu.extract.window.LoadedSales.Month;
import dev.jangbu.extract.window.RecordWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Both sides compared by month of sale: rows and checksum first, then ids and checksums of the months that differ, page by
 * page, then the rows that differ. What the source has and we have not, or otherwise, is landed whole; what only we have is
 * landed as vanished, unless the source has it in another month.
 */
final class MonthComparison {
    /** As {@code LoadedSales} has it. */
    private static final String CHECKSUM = """
            CAST(CONV(LEFT(MD5(CONVERT(CONCAT_WS(
                '|', id, COALESCE(DATE_FORMAT(created, '%Y%m%d%H%i%s%f'), ''),
                COALESCE(DATE_FORMAT(modified, '%Y%m%d%H%i%s%f'), ''), DATE_FORMAT(sold_at, '%Y%m%d%H%i%s%f'),
                COALESCE(DATE_FORMAT(will_deposited_at, '%Y%m%d%H%i%s%f'), ''), CAST(amount_sale * 100 AS SIGNED),
                COALESCE(CAST(amount_fee * 100 AS SIGNED), ''), COALESCE(CAST(amount_deposit * 100 AS SIGNED), ''),
                is_canceled, store_id, COALESCE(daily_sale_id, ''), COALESCE(num_approval, ''),
                COALESCE(card_company, ''), COALESCE(card_category, ''), COALESCE(platform, ''),
                COALESCE(result_code, ''), COALESCE(extra_payment_id, ''), COALESCE(detail_status, ''),
                COALESCE(processing_status, '')
            ) USING utf8mb4)), 15), 16, 10) AS UNSIGNED)
            """;

    private static final String MONTHS =
            "SELECT DATE_FORMAT(sold_at, '%Y-%m') AS month, COUNT(*), BIT_XOR(" + CHECKSUM + """
                    )
                    FROM platform_sales
                    WHERE sold_at IS NOT NULL
                    GROUP BY month""";

    private static final String SALES = "SELECT id, " + CHECKSUM + """
            FROM platform_sales
            WHERE id > ? AND sold_at >= ? AND sold_at < ?
            ORDER BY id
            LIMIT ?""";

    private static final String ROWS = "SELECT " + SaleLine.SELECTED + """
            FROM platform_sales
            WHERE id >= ? AND id <= ? AND sold_at >= ? AND sold_at < ?
            ORDER BY id""";

    private static final String IDS = "SELECT id FROM platform_sales WHERE id >= ? AND id <= ? ORDER BY id";

    private final Snapshot snapshot;
    private final LoadedSales loaded;
    private final RecordWriter landing;
    private final int pageRows;
    private final SaleLine line;
    private long months;
    private long brought;
    private long vanished;

    /** @param loaded as it was before the snapshot: what is loaded since then must not seem to have vanished */
    MonthComparison(
            Snapshot snapshot,
            LoadedSales loaded,
            RecordWriter landing,
            int pageRows,
            Function<String, @Nullable String> keyOf) {
        this.snapshot = snapshot;
        this.loaded = loaded;
        this.landing = landing;
        this.pageRows = pageRows;
        this.line = new SaleLine(snapshot.at(), keyOf);
    }

    /** A month that differs, for the books. */
    private record Difference(
            String month, long sourceRows, long storedRows, String sourceChecksum, String storedChecksum) {}

    private record Vanished(long vanishedId) {}

    /** @return what was counted, by name */
    Map<String, Long> compare() throws SQLException {
        SortedMap<String, Month> stored = loaded.months();
        SortedMap<String, Month> there = snapshot.ask("cannot sum the months", MonthComparison::months);
        Set<String> all = new TreeSet<>(stored.keySet());
        all.addAll(there.keySet());
        for (String month : all) {
            Month ours = stored.getOrDefault(month, Month.EMPTY);
            Month theirs = there.getOrDefault(month, Month.EMPTY);
            if (!ours.equals(theirs)) {
                tell(month, theirs, ours);
                compare(YearMonth.parse(month));
                months++;
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        counts.put("months", (long) all.size());
        counts.put("months_differing", months);
        counts.put("count_expected", brought + vanished + months);
        counts.put("brought", brought);
        counts.put("vanished", vanished);
        return counts;
    }

    private static SortedMap<String, Month> months(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(MONTHS);
                ResultSet row = select.executeQuery()) {
            SortedMap<String, Month> months = new TreeMap<>();
            while (row.next()) {
                months.put(Objects.requireNonNull(row.getString(1)), new Month(row.getLong(2), row.getLong(3)));
            }
            return months;
        }
    }

    private void tell(String month, Month theirs, Month ours) {
        write(new Difference(
                month,
                theirs.rows(),
                ours.rows(),
                Long.toHexString(theirs.checksum()),
                Long.toHexString(ours.checksum())));
    }

    private void compare(YearMonth month) throws SQLException {
        long behind = Long.MIN_VALUE;
        boolean isLast = false;
        while (!isLast) {
            long from = behind;
            SortedMap<Long, Long> page = snapshot.ask("cannot read the ids", connection -> page(month, from));
            isLast = page.size() < pageRows;
            behind = isLast ? Long.MAX_VALUE : page.lastKey();
            compare(month, from, behind, page);
        }
    }

    /** Checksums by id, in the order of the ids. */
    private SortedMap<Long, Long> page(YearMonth month, long behind) throws SQLException {
        try (PreparedStatement select = snapshot.streamed(SALES)) {
            select.setLong(1, behind);
            bind(select, 2, month);
            select.setInt(4, pageRows);
            SortedMap<Long, Long> page = new TreeMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.put(row.getLong(1), row.getLong(2));
                }
            }
            return page;
        }
    }

    private void compare(YearMonth month, long behind, long upTo, Map<Long, Long> page) throws SQLException {
        SortedSet<Long> differing = new TreeSet<>(page.keySet());
        List<Long> onlyHere = new ArrayList<>();
        loaded.visit(month.toString(), behind, upTo, (id, checksum) -> {
            Long theirs = page.get(id);
            if (theirs == null) {
                onlyHere.add(id);
                tellVanished(onlyHere, pageRows);
            } else if (theirs == checksum) {
                differing.remove(id);
            }
        });
        tellVanished(onlyHere, 1);
        if (!differing.isEmpty()) {
            snapshot.ask("cannot read the sales", connection -> bring(month, differing));
        }
    }

    private long bring(YearMonth month, SortedSet<Long> wanted) throws SQLException {
        try (PreparedStatement select = snapshot.streamed(ROWS)) {
            select.setLong(1, wanted.first());
            select.setLong(2, wanted.last());
            bind(select, 3, month);
            try (ResultSet sales = select.executeQuery()) {
                while (sales.next()) {
                    if (wanted.contains(sales.getLong(1))) {
                        JsonLine written = line.of(SaleRow.of(sales));
                        landing.line(written.content(), 0, written.length());
                        brought++;
                    }
                }
            }
        }
        return brought;
    }

    /** Ids in their order, told and forgotten as soon as there are enough of them. */
    private void tellVanished(List<Long> ids, int enough) {
        if (ids.size() < enough) {
            return;
        }
        Set<Long> elsewhere =
                snapshot.ask("cannot look for ids", connection -> there(ids.get(0), ids.get(ids.size() - 1)));
        for (long id : ids) {
            if (!elsewhere.contains(id)) {
                write(new Vanished(id));
                vanished++;
            }
        }
        ids.clear();
    }

    private Set<Long> there(long first, long last) throws SQLException {
        try (PreparedStatement select = snapshot.streamed(IDS)) {
            select.setLong(1, first);
            select.setLong(2, last);
            Set<Long> ids = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    private void write(Object record) {
        landing.write(record, snapshot.at());
    }

    private static void bind(PreparedStatement query, int at, YearMonth month) throws SQLException {
        query.setObject(at, month.atDay(1).atStartOfDay());
        query.setObject(at + 1, month.plusMonths(1).atDay(1).atStartOfDay());
    }
}
