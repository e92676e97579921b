package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.DatabaseAddress;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.LoadedSales;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Card sales of an account's database: what changed since the last load, or with a reconciliation what differs. */
public final class MySqlSource implements ShopSource {
    private static final int PAGE_ROWS = 10_000;

    private final Map<String, String> environment;
    private final int pageRows;

    public MySqlSource(Map<String, String> environment) {
        this(environment, PAGE_ROWS);
    }

    MySqlSource(Map<String, String> environment, int pageRows) {
        this.environment = Map.copyOf(environment);
        this.pageRows = pageRows;
    }

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("card-sales");
    }

    @Override
    public Optional<String> followed(Account account) {
        return Optional.of(address(account).place());
    }

    @Override
    public String plan() {
        return "the account's database";
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        ZoneId zone = window.calendar().zone();
        Function<String, @Nullable String> keyOf = card -> access.customerKey("card:" + card);
        if (window.isReconcile()) {
            // Ours first: what is loaded while the source is read must not seem to have vanished there.
            try (LoadedSales loaded = access.loadedSales(zone);
                    Snapshot snapshot = snapshot(access, zone)) {
                return new MonthComparison(snapshot, loaded, landing, pageRows, keyOf).compare();
            }
        }
        try (Snapshot snapshot = snapshot(access, zone)) {
            return new ChangedSales(snapshot, window, pageRows, keyOf).read(window, landing);
        }
    }

    private Snapshot snapshot(ShopAccess access, ZoneId zone) throws SQLException, NeedsAttention {
        String password = Objects.requireNonNull(access.credential().secrets().get("password"));
        return Snapshot.open(address(access.account()), password, environment, zone, access.clock());
    }

    @Override
    public String test(ShopAccess access) throws SQLException, NeedsAttention {
        ZoneId zone = BusinessCalendar.from(environment).zone();
        try (Snapshot snapshot = snapshot(access, zone)) {
            return snapshot.ask("cannot look at the sales", MySqlSource::told);
        }
    }

    private static String told(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String version = text(statement, "SELECT VERSION()", 1);
            String cipher = text(statement, "SHOW SESSION STATUS LIKE 'Ssl_version'", 2);
            try (ResultSet row = statement.executeQuery("SELECT COUNT(*), MAX(modified) FROM platform_sales")) {
                row.next();
                LocalDateTime last = row.getObject(2, LocalDateTime.class);
                requireIndex(connection);
                return String.format(
                        Locale.ROOT,
                        "%s, %s, %,d sales%s",
                        version,
                        cipher.isEmpty() ? "without TLS" : cipher,
                        row.getLong(1),
                        last == null ? "" : ", last modified " + last);
            }
        }
    }

    private static String text(Statement statement, String sql, int column) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Objects.requireNonNullElse(row.getString(column), "") : "";
        }
    }

    /** Without one each page would sort the table. */
    private static void requireIndex(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT COUNT(*)
                        FROM information_schema.statistics
                        WHERE
                            table_schema = DATABASE() AND table_name = 'platform_sales'
                            AND seq_in_index = 1 AND column_name = 'modified'""")) {
            row.next();
            if (row.getLong(1) == 0) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        "platform_sales: no index begins with modified (expected: one on (modified, id), so that a page"
                                + " is a range of it)");
            }
        }
    }

    private static DatabaseAddress address(Account account) {
        return DatabaseAddress.parse(account.baseUrl());
    }
}
