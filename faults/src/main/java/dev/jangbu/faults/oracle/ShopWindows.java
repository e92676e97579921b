package dev.jangbu.faults.oracle;

import dev.jangbu.faults.site.Residents;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two windows of a shop's orders that nothing disturbed, and the rows, history and books before, between and after them: a
 * state is 0, 1 or 2, by the windows that are loaded. The second one adds orders and changes orders of the first. Of the
 * rows everything counts but which run wrote them, and when.
 */
public final class ShopWindows {
    private static final String DATASET = "orders";

    /** What a load writes, in an order in which rows may be put back. */
    private static final List<KeptStates.Table> TABLES = List.of(
            KeptStates.Table.whole("raw.customer"),
            KeptStates.Table.whole("raw.sales_order"),
            KeptStates.Table.whole("raw.order_item"),
            KeptStates.Table.whole("raw.order_item_status_history"),
            KeptStates.Table.whole("raw.order_coupon"),
            KeptStates.Table.of(DATASET, "ops.watermark"),
            KeptStates.Table.of(DATASET, "ops.touched_day"),
            KeptStates.Table.of(DATASET, "ops.load_log"));

    private final Site site;
    private final List<Window> windows;
    private final Published clean;
    private final KeptStates states;

    private ShopWindows(Site site, List<Window> windows, Published clean, KeptStates states) {
        this.site = site;
        this.windows = List.copyOf(windows);
        this.clean = clean;
        this.states = states;
    }

    /** @param orders how many there are in all */
    public static ShopWindows make(Site plain, int orders, long seed)
            throws IOException, InterruptedException, SQLException {
        Path folder = plain.newFolder("shop");
        Path key = folder.resolve("key");
        Site site = plain.with("JANGBU_CREDENTIAL_KEY_FILE", key.toString());
        Invoices invoices = Invoices.of(orders, seed);
        Window first = new Window("2010-12-30", invoices.writeEarlier(folder.resolve("earlier.csv")));
        Window second = new Window("2010-12-31", invoices.writeAll(folder.resolve("all.csv")));
        KeptStates states = new KeptStates(site.sql(), "shop", TABLES, views());
        try (Residents jobs = new Residents(site)) {
            jobs.must(List.of("extract-job", "accounts", "key", "--new", key.toString()));
            jobs.must(
                    List.of("extract-job", "accounts", "add", "file", "--tenant", "torture", "--id", "online-retail"));
            jobs.must(first.extract());
            jobs.must(first.transform());
            jobs.must(first.load());
            jobs.must(second.extract());
            jobs.must(second.transform());
            states.keep(1);
            jobs.must(second.load());
            states.keep(2);
        }
        states.wipe();
        states.keep(0);
        Path undisturbed = Published.copy(second.clean(site.workspace()), site.newFolder("undisturbed-window"));
        return new ShopWindows(
                site, List.of(first, second), Published.in(undisturbed).orElseThrow(), states);
    }

    /** The installation, with what the shop's jobs need beside. */
    public Site site() {
        return site;
    }

    /** @param number 1 or 2: loading it leads from the state before to the state of its number */
    public Window window(int number) {
        return windows.get(number - 1);
    }

    /** The second window's checked files. */
    public Published clean() {
        return clean;
    }

    /** Puts all that loads write back to a state. */
    public void restore(int state) throws SQLException {
        states.restore(state);
    }

    /** Whether everything is as in the state. */
    public boolean is(int state) throws SQLException {
        return differences(state).isEmpty();
    }

    /** What differs from the state, by what it is. */
    public Map<String, Difference> differences(int state) throws SQLException {
        return states.differences(state);
    }

    /** What must be equal, as queries: rows without the run and the time of a load, and the books. */
    private static Map<String, String> views() {
        Map<String, String> views = new TreeMap<>();
        for (KeptStates.Table table : TABLES.subList(0, TABLES.size() - 1)) {
            views.put(
                    table.bare(),
                    "SELECT to_jsonb(t) - ARRAY['run_id', 'loaded_run_id', 'updated_at', 'touched_at'] AS seen FROM "
                            + table.name() + " AS t" + table.filter());
        }
        // A window may be loaded more than once: only the first of its loads changes anything.
        views.put("ledger", """
                SELECT business_date, regexp_replace(file, '^.*/', '') AS file, lines_read, clean, rejected, copied,
                    sha256, SUM(inserted) AS inserted, SUM(updated) AS updated
                FROM ops.load_log WHERE dataset = 'orders'
                GROUP BY business_date, regexp_replace(file, '^.*/', ''), lines_read, clean, rejected, copied, sha256""");
        views.put("books", """
                SELECT slice, business_date, state, balances, reason, lines_read, clean, rejected, loaded, marts_built,
                    marts_known
                FROM ops.v_books WHERE dataset = 'orders'""");
        return views;
    }
}
