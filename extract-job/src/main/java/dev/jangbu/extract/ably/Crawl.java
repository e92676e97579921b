package dev.jangbu.extract.ably;

import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of orders, page by page; written when as many rows came as the page says there are. */
final class Crawl {
    private static final Duration BETWEEN_PAGES = Duration.ofSeconds(2);

    private final SellerPages pages;
    private final Layout layout;
    private final Pace pace;
    private final ShopAccess access;
    private final RecordWriter landing;
    private int read;

    Crawl(SellerPages pages, Layout layout, Pace pace, ShopAccess access, RecordWriter landing) {
        this.pages = pages;
        this.layout = layout;
        this.pace = pace;
        this.access = access;
        this.landing = landing;
    }

    /** Pages read so far. */
    int pagesRead() {
        return read;
    }

    /** Writes the lines paid in these days, both included. */
    void write(LocalDate from, LocalDate to) {
        Instant asked = pace.clock().instant();
        pace.budget().spend();
        pages.search(from, to);
        int before = pages.total();
        if (before == 0) {
            requireEmpty();
            return;
        }
        Map<String, SoldLine> lines = new LinkedHashMap<>();
        int rows = 0;
        do {
            if (rows > 0) {
                pace.sleep(BETWEEN_PAGES);
                pace.budget().spend();
                pages.next();
            }
            rows += page(lines);
        } while (rows < before && pages.hasNext());
        requireAll(lines.size(), before, pages.total());
        lines.values().forEach(line -> landing.write(line, asked));
    }

    private int page(Map<String, SoldLine> lines) {
        Columns columns = Columns.of(pages.headings(), layout, "orders");
        List<SoldLine> found = new ArrayList<>();
        for (List<String> cells : pages.rows()) {
            found.add(columns.line(cells, access::customerKey));
        }
        if (found.isEmpty()) {
            throw FailureKind.SCHEMA.failure(
                    "orders: page " + (read + 1) + ": no rows (expected: as many as its total)");
        }
        found.forEach(line -> lines.put(line.itemId(), line));
        read++;
        return found.size();
    }

    private void requireEmpty() {
        if (!pages.isEmpty()) {
            throw FailureKind.SCHEMA.failure("orders: total: 0 (expected: with the words for an empty table)");
        }
    }

    /** Orders that came in meanwhile push others to the next page, which then come twice. */
    private static void requireAll(int lines, int before, int after) {
        if (lines < Math.min(before, after) || lines > Math.max(before, after)) {
            throw FailureKind.COUNT_MISMATCH.failure("orders: lines: " + lines + " (expected: " + before
                    + (before == after ? "" : " to " + after) + ", the page's total); run again");
        }
    }
}
