package dev.jangbu.load.retention;

import dev.jangbu.kit.run.DaySlices;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.load.held.DayHold;
import dev.jangbu.load.window.AccountLoads;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Removes what is out of time of one day, in one transaction with its record, while all jobs of the day are held off, those of its slices too. */
final class DayDrop {
    private final Connection connection;
    private final DayHold hold;
    private final Policy policy;
    private final LocalDate asOf;
    private final String by;

    /** @param connection in auto-commit */
    DayDrop(Connection connection, DayHold hold, Policy policy, LocalDate asOf, String by) {
        this.connection = connection;
        this.hold = hold;
        this.policy = policy;
        this.asOf = asOf;
        this.by = by;
    }

    /** What went. */
    record Dropped(long rows, long files, long held) {
        Dropped plus(Dropped other) {
            return new Dropped(rows + other.rows, files + other.files, held + other.held);
        }
    }

    /** Files go last before the commit: a kill in between leaves files gone and not on record, and is told the next time. */
    Dropped run(List<Policy.Place> places) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (isMerged()) {
                holdOffAccounts(places);
            }
            Dropped all = new Dropped(0, 0, 0);
            for (Policy.Place place : places) {
                if (place.isTable()) {
                    all = all.plus(table(place));
                }
            }
            hold.check(connection);
            for (Policy.Place place : places) {
                if (!place.isTable()) {
                    all = all.plus(area(place));
                }
            }
            connection.commit();
            return all;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private boolean isMerged() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM ops.dataset WHERE dataset = ? AND load_method = 'merge_window'")) {
            statement.setString(1, hold.load().dataset());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Accounts' windows are slices of the day, with files of their own in its folders. A load of any other day may be
     * about to change the very rows that nothing has happened to for so long.
     */
    private void holdOffAccounts(List<Policy.Place> places) throws SQLException {
        for (RunContext run : List.of(hold.extract(), hold.transform(), hold.load())) {
            DaySlices.holdOff(connection, run.request().job(), run.dataset(), run.businessDate());
        }
        if (places.stream().anyMatch(place -> place.name().startsWith("raw."))) {
            AccountLoads.holdOff(connection, hold.load().dataset());
        }
    }

    private Dropped table(Policy.Place place) throws SQLException {
        RunContext load = hold.load();
        try (PreparedStatement drop = connection.prepareStatement(
                "SELECT removed, held FROM ops.drop_day(?, ?, ?, ?, ?, ?::TEXT[], ?::INTERVAL[], ?::TEXT[])")) {
            drop.setString(1, place.name());
            drop.setString(2, load.dataset());
            drop.setObject(3, load.businessDate());
            drop.setLong(4, load.fence().token());
            drop.setObject(5, asOf);
            drop.setArray(
                    6, texts(policy.holds().stream().map(Policy.Hold::records).toList()));
            drop.setArray(
                    7,
                    texts(policy.holds().stream()
                            .map(rule -> rule.keep().interval())
                            .toList()));
            drop.setArray(
                    8, texts(policy.holds().stream().map(Policy.Hold::basis).toList()));
            try (ResultSet row = drop.executeQuery()) {
                row.next();
                Dropped dropped = new Dropped(row.getLong(1), 0, row.getLong(2));
                log(place, dropped.rows(), dropped.held());
                return dropped;
            }
        }
    }

    private Dropped area(Policy.Place place) throws SQLException {
        RunContext load = hold.load();
        long files = new AreaFiles(load.workspace(), place.name(), load.dataset()).remove(load.businessDate());
        log(place, files, 0);
        return new Dropped(0, files, 0);
    }

    private void log(Policy.Place place, long removed, long held) throws SQLException {
        RunContext load = hold.load();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.retention_log
                    (dataset, business_date, place, token, removed, held, keep, basis, as_of, removed_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, load.dataset());
            insert.setObject(2, load.businessDate());
            insert.setString(3, place.name());
            insert.setLong(4, load.fence().token());
            insert.setLong(5, removed);
            insert.setLong(6, held);
            insert.setString(7, place.keep().text());
            insert.setString(8, place.basis());
            insert.setObject(9, asOf);
            insert.setString(10, by);
            insert.executeUpdate();
        }
    }

    private Array texts(List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
