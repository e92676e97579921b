package dev.jangbu.faults.oracle;

import dev.jangbu.faults.oracle.KeptStates.Table;
import dev.jangbu.faults.site.CardSource;
import dev.jangbu.faults.site.Residents;
import dev.jangbu.faults.site.Site;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two windows of an acquirer's card sales that nothing disturbed, and the rows, history, marts and books before, between and
 * after them: a state is 0, 1 or 2, by the windows that are loaded, with their marts built. The first window is a first
 * load; the second brings new sales and changes of old ones. Of the rows everything counts but which run wrote them, and
 * when they were read. Of one thread.
 */
public final class CardWindows {
    private static final String DATASET = "card-sales";
    private static final String ENDING = "2026-03-01";
    private static final String FIRST_END = "2026-02-28 04:00:00";
    private static final List<CardWindow> WINDOWS = List.of(new CardWindow("2026-02-27"), new CardWindow(ENDING));

    private static final List<Table> LOADED = List.of(
            Table.whole("raw.card_store"),
            Table.whole("raw.card_text"),
            Table.whole("raw.card_sale"),
            Table.whole("raw.card_sale_history"),
            Table.of(DATASET, "ops.watermark"),
            Table.of(DATASET, "ops.touched_day"),
            Table.of(DATASET, "ops.load_log"));

    private static final List<Table> BUILT = List.of(
            Table.whole("mart.mart_store_daily_spend"),
            Table.whole("mart.mart_store_weekly_spend"),
            Table.whole("mart.mart_store_hourly_spend"),
            Table.whole("mart.mart_store_hour_profile"),
            Table.whole("mart.mart_card_anomaly"),
            Table.whole("ops.anomaly_seen"),
            Table.of(DATASET, "ops.rebuilt_day"),
            // It refers to the ledger of the load it is of; how often a day was built is no matter.
            Table.of(DATASET, "ops.mart_log"));

    private final Site site;
    private final CardSource source;
    private final KeptStates loads;
    private final KeptStates marts;
    private final Map<CardWindow, String> checkedLandings = new HashMap<>();
    private final Map<CardWindow, Published> checked = new HashMap<>();
    private Residents jobs;

    private CardWindows(Site site, CardSource source) throws SQLException {
        this.site = site;
        this.source = source;
        this.jobs = new Residents(site);
        this.loads = new KeptStates(site.sql(), "cards_loaded", LOADED, loadViews(site.sql()));
        this.marts = new KeptStates(site.sql(), "cards_built", BUILT, martViews());
    }

    /**
     * @param sales how many there are in all
     * @param rawBytes so long is the terminal's message of each: long ones make a landing of several parts, which a killed
     *     first reading goes on behind; 0 for as they are
     */
    public static CardWindows make(Site plain, int days, int sales, int rawBytes)
            throws IOException, InterruptedException, SQLException {
        Path folder = plain.newFolder("cards");
        Path key = folder.resolve("key");
        Site site = plain.in(folder.resolve("workspace")).with("JANGBU_CREDENTIAL_KEY_FILE", key.toString());
        Files.createDirectories(site.workspace());
        CardSource source = CardSource.start(site);
        List<String> wanted = List.of(
                "--stores",
                "12",
                "--plant",
                "2",
                "--seed",
                "7",
                "--ending",
                ENDING,
                "--days",
                String.valueOf(days),
                "--sales",
                String.valueOf(sales));
        source.fill(site, wanted, FIRST_END, rawBytes);
        CardWindows windows = new CardWindows(site, source);
        windows.open(key);
        windows.play();
        return windows;
    }

    private void open(Path key) throws IOException, InterruptedException {
        jobs.must(List.of("extract-job", "accounts", "key", "--new", key.toString()));
        jobs.must(List.of(
                "extract-job",
                "accounts",
                "add",
                "mysql",
                "--tenant",
                "cards",
                "--id",
                "acquirer",
                "--base-url",
                source.address(),
                "--secret=password=" + source.readerPasswordFile()));
    }

    private void play() throws IOException, InterruptedException, SQLException {
        for (CardWindow window : WINDOWS) {
            int state = WINDOWS.indexOf(window) + 1;
            source.show(state);
            jobs.must(window.extract());
            jobs.must(window.transform());
            jobs.must(window.load());
            jobs.must(window.marts());
            loads.keep(state);
            marts.keep(state);
        }
        marts.wipe();
        loads.wipe();
        loads.keep(0);
        marts.keep(0);
    }

    /** The installation, with what the acquirer's jobs need beside and a workspace of its own. */
    public Site site() {
        return site;
    }

    /** @param number 1 or 2: it leads from the state before to the state of its number */
    public CardWindow window(int number) {
        return WINDOWS.get(number - 1);
    }

    /** Puts all that loads and builds write back to a state, and the source to what the window after it is read from. */
    public void restore(int state) throws SQLException {
        marts.wipe();
        makePart(state);
        loads.restore(state);
        marts.restore(state);
        source.show(state + 1);
    }

    /** An account's first load fills a part that is not there; every other one merges into it. */
    private void makePart(int state) throws SQLException {
        loads.wipe();
        site.sql()
                .execute("DROP TABLE IF EXISTS raw."
                        + site.sql().value("SELECT ops.card_sale_part('" + CardWindow.ACCOUNT + "')"));
        if (state > 0) {
            site.sql().execute("SELECT ops.make_card_sale_part('" + CardWindow.ACCOUNT + "')");
        }
    }

    /** The window's checked files as an undisturbed run makes them of its landing. */
    public Published checked(CardWindow window) throws IOException, InterruptedException {
        String landing = JsonMapper.shared()
                .readTree(Files.readAllBytes(
                        window.folder(site.workspace(), "landing").resolve("manifest.json")))
                .get("run_id")
                .asString();
        if (!landing.equals(checkedLandings.get(window))) {
            jobs.must(window.transform());
            Path kept = Published.copy(window.folder(site.workspace(), "clean"), site.newFolder("undisturbed-cards"));
            checked.put(window, Published.in(kept).orElseThrow());
            checkedLandings.put(window, landing);
        }
        return Objects.requireNonNull(checked.get(window));
    }

    /** Runs what comes after the extraction. */
    public void transform(CardWindow window) throws IOException, InterruptedException {
        jobs.must(window.transform());
    }

    /** Runs what comes after the checks. */
    public void load(CardWindow window) throws IOException, InterruptedException {
        jobs.must(window.load());
    }

    /** Runs what comes after the load. */
    public void build(CardWindow window) throws IOException, InterruptedException {
        jobs.must(window.marts());
    }

    /** What of all that loads write differs from a state, by what it is. */
    public Map<String, Difference> loadDifferences(int state) throws SQLException {
        return loads.differences(state);
    }

    /** What of all that loads and builds write differs from a state, and the books. */
    public Map<String, Difference> differences(int state) throws SQLException {
        Map<String, Difference> differences = new TreeMap<>(loads.differences(state));
        differences.putAll(marts.differences(state));
        return differences;
    }

    /** Lets the JVMs go that stay between rounds; the next round starts new ones. */
    public void rest() {
        jobs.close();
        jobs = new Residents(site);
    }

    private static Map<String, String> loadViews(Sql sql) throws SQLException {
        Map<String, String> views = new TreeMap<>();
        for (Table table : LOADED) {
            views.put(table.bare(), "SELECT " + seen(sql, table) + " FROM " + table.rows());
        }
        // A window may be loaded more than once: only the first of its loads changes anything.
        views.put("load_log", """
                SELECT business_date, SUM(inserted) AS inserted, SUM(updated) AS updated
                FROM ops.load_log WHERE dataset = 'card-sales' GROUP BY business_date""");
        return views;
    }

    private static Map<String, String> martViews() {
        Map<String, String> views = new TreeMap<>();
        for (Table table : BUILT) {
            if (table.name().startsWith("mart.")) {
                views.put(table.bare(), "SELECT * FROM " + table.name());
            }
        }
        views.put("anomaly_seen", "SELECT account_id, sale_id, rule FROM ops.anomaly_seen");
        views.put("rebuilt_day", "SELECT mart, business_date FROM ops.rebuilt_day WHERE dataset = 'card-sales'");
        // Of the last window: those before it may have been read and checked again since, in rounds of their own.
        views.put("books", """
                SELECT slice, business_date, state, balances, reason, lines_read, clean, rejected, loaded, marts_built,
                    marts_known
                FROM ops.v_books
                WHERE dataset = 'card-sales' AND business_date = (
                    SELECT MAX(business_date) FROM ops.load_log WHERE dataset = 'card-sales')""");
        return views;
    }

    /** The columns that must be equal; of the terminal's message, which may be long, a digest. */
    private static String seen(Sql sql, Table table) throws SQLException {
        return sql.value("""
                SELECT STRING_AGG(
                    CASE attname WHEN 'raw_data' THEN 'MD5(raw_data) AS raw_data' ELSE QUOTE_IDENT(attname) END,
                    ', ' ORDER BY attnum)
                FROM pg_attribute
                WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN (
                    'run_id', 'loaded_run_id', 'replaced_by_run_id', 'observed_at', 'replaced_at', 'first_seen_at',
                    'touched_at', 'updated_at')""".formatted(table.name()));
    }
}
