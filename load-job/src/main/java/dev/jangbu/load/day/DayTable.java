package dev.jangbu.load.day;

import dev.jangbu.kit.run.RunContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partition of one day, and before a first load the table that is to become it. What needs ownership is done by
 * functions of the schema {@code ops}, which check the run's token themselves.
 */
final class DayTable {
    private static final Logger log = LoggerFactory.getLogger(DayTable.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration ATTACH_PATIENCE = Duration.ofMinutes(5);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connection transaction;
    private final RunContext context;
    private final String name;
    private final boolean isFirst;

    /** @param transaction not in auto-commit; the one that is to show the day */
    DayTable(Connection transaction, RunContext context) throws SQLException {
        this.transaction = transaction;
        this.context = context;
        this.name = requireName(call("SELECT ops.day_table(?, ?)", false));
        this.isFirst = Boolean.parseBoolean(value("SELECT (to_regclass('raw." + name + "') IS NULL)::TEXT"));
    }

    String name() {
        return name;
    }

    /** True when the day is loaded for the first time. */
    boolean isFirst() {
        return isFirst;
    }

    /** Makes the table of a first load, without what killed loads left of theirs; returns its name in schema raw. */
    String create() throws SQLException {
        return requireName(call("SELECT ops.create_day(?, ?, ?)", true));
    }

    /** Drops what {@link #create} made. */
    void drop() throws SQLException {
        call("SELECT ops.drop_unattached_day(?, ?, ?)", true);
    }

    /** Gives the filled table of a first load its name, its key and the day's constraint. */
    void finish(long rows) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement("SELECT ops.finish_day(?, ?, ?, ?)")) {
            bindDay(statement);
            statement.setLong(3, context.fence().token());
            statement.setLong(4, rows);
            statement.execute();
        }
    }

    /** Shows the day to readers at commit. A lock held by someone's long statement is waited for, minutes if need be. */
    void attach() throws SQLException {
        long deadline = System.nanoTime() + ATTACH_PATIENCE.toNanos();
        Savepoint before = transaction.setSavepoint();
        while (true) {
            try {
                call("SELECT ops.attach_day(?, ?, ?)", true);
                return;
            } catch (SQLException failure) {
                if (!LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) || System.nanoTime() > deadline) {
                    throw failure;
                }
                transaction.rollback(before);
                log.info("table=raw.{} state=waiting reason=\"another session holds the parent's lock\"", name);
            }
        }
    }

    private String value(String sql) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Objects.requireNonNull(row.getString(1));
        }
    }

    private @Nullable String call(String sql, boolean withToken) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            bindDay(statement);
            if (withToken) {
                statement.setLong(3, context.fence().token());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void bindDay(PreparedStatement statement) throws SQLException {
        statement.setString(1, context.dataset());
        statement.setObject(2, context.businessDate());
    }

    private static String requireName(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalStateException("day table: " + name + " (expected: a dataset registered in ops.dataset)");
        }
        return Objects.requireNonNull(name);
    }
}
