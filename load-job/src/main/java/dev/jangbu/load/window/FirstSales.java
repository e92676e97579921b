package dev.jangbu.load.window;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.load.clean.BinaryCopy;
import dev.jangbu.load.clean.CleanFile;
import dev.jangbu.load.clean.CsvCopy;
import dev.jangbu.load.clean.SharedWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The card sales of an account of which none are stored: two sessions fill a table apart and make its indexes, each piece
 * in a transaction of its own; the load's transaction attaches it. Until then it is nobody's; what a killed load leaves of
 * it, the account's next first load drops. The account's place must be held.
 */
final class FirstSales {
    private static final Logger log = LoggerFactory.getLogger(FirstSales.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Database database;
    private final Connection transaction;
    private final RunContext context;
    private final Account account;

    FirstSales(Database database, Connection transaction, RunContext context, Account account) {
        this.database = database;
        this.transaction = transaction;
        this.context = context;
        this.account = account;
    }

    /**
     * Returns the rows PostgreSQL says it copied, by number of the file.
     *
     * @param files by their numbers; at least one
     * @throws SQLException with {@code 23505} when a key is in them more than once, with {@code 23514} when a row is
     *     another account's
     */
    Map<Integer, Long> load(Map<Integer, CleanFile> files, IncomingTables.Columns columns, Progress progress)
            throws SQLException {
        String target = "raw." + create() + " (" + columns.sql() + ")";
        Optional<BinaryCopy> binary = BinaryCopy.of(target, columns.types());
        CsvCopy csv = new CsvCopy(target);
        Map<Integer, Long> copied = new ConcurrentHashMap<>();
        SharedWork.begin(database, files.entrySet(), (session, file) -> {
                    long rows = copy(session, file.getValue(), binary, csv);
                    copied.put(file.getKey(), rows);
                    progress.add(rows);
                })
                .await();
        index();
        requireCounted(copied.values().stream().mapToLong(Long::longValue).sum());
        call(transaction, "SELECT ops.attach_first_sales(?, ?, ?)");
        return copied;
    }

    private long copy(Connection session, CleanFile file, Optional<BinaryCopy> binary, CsvCopy csv)
            throws SQLException {
        settle(session);
        if (binary.isPresent()) {
            OptionalLong rows = binary.get().send(session, file);
            if (rows.isPresent()) {
                return rows.getAsLong();
            }
            session.rollback();
            settle(session);
        }
        return csv.send(session, file);
    }

    /** A courtesy: what cannot be dropped now is dropped by the account's next first load. */
    void drop() {
        try (Connection session = database.withoutPatience().connect()) {
            call(session, "SELECT ops.drop_first_sales(?, ?, ?)");
        } catch (SQLException | JobFailure failure) {
            log.warn("account={} state=left_behind reason=\"{}\"", account.id(), failure.getMessage());
        }
    }

    /** While two sessions make the indexes, this one reads what is to be known of the rows. */
    private void index() throws SQLException {
        long start = System.nanoTime();
        SharedWork<String> indexes = SharedWork.begin(database, indexes(), this::index);
        try {
            keepDays();
            call(transaction, "SELECT ops.keep_texts_of_first_sales(?, ?, ?)");
        } finally {
            indexes.await();
        }
        context.summary().fact("index_seconds", Seconds.since(start));
    }

    private void index(Connection session, String index) throws SQLException {
        try (PreparedStatement make = session.prepareStatement("SELECT ops.index_first_sales(?, ?, ?, ?)")) {
            bind(make);
            make.setString(4, index);
            make.execute();
        }
    }

    /**
     * The key first: it may be the reason why all others are not needed. Then those that take longest, by expressions and by
     * texts: a short one at the end keeps one session waiting for the other least.
     */
    private List<String> indexes() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery("""
                        SELECT c.relname
                        FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
                        WHERE i.indrelid = 'raw.card_sale'::REGCLASS
                        ORDER BY
                            i.indisprimary DESC,
                            i.indexprs IS NULL,
                            EXISTS (
                                SELECT 1 FROM pg_attribute AS a
                                WHERE a.attrelid = i.indexrelid AND a.atttypid = 'text'::REGTYPE
                            ) DESC,
                            c.relname DESC""")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private void keepDays() throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO first_card_sale (store_id, sale_date, first_seen_at, sale_count)
                SELECT store_id, sale_date, first_seen_at, sale_count FROM ops.days_of_first_sales(?, ?, ?)""")) {
            bind(insert);
            insert.execute();
        }
    }

    /** What is attached is what was copied: since it was counted nobody else can have written into it. */
    private void requireCounted(long copied) throws SQLException {
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery("SELECT SUM(sale_count) FROM first_card_sale")) {
            row.next();
            if (row.getLong(1) != copied) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        "raw.card_sale: " + row.getLong(1) + " rows of " + account.id() + " (expected: " + copied
                                + ", as were copied); nothing was changed");
            }
        }
    }

    /** The commit of the load makes durable what these sessions committed before it. */
    private void settle(Connection session) throws SQLException {
        try (PreparedStatement settings = session.prepareStatement(
                "SELECT set_config('jangbu.run_id', ?, TRUE), set_config('synchronous_commit', 'off', TRUE)")) {
            settings.setString(1, context.runId());
            settings.execute();
        }
    }

    /** In a transaction of its own, so that others see it. */
    private String create() throws SQLException {
        try (Connection session = database.connect()) {
            return requireName(call(session, "SELECT ops.create_first_sales(?, ?, ?)"));
        }
    }

    private String call(Connection session, String sql) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Objects.requireNonNullElse(row.getString(1), "");
            }
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, account.id());
        statement.setObject(2, context.businessDate());
        statement.setLong(3, context.fence().token());
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalStateException("table: " + name + " (expected: lower-case letters, digits, underscores)");
        }
        return name;
    }
}
