package dev.jangbu.load.erase;

import dev.jangbu.kit.run.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The erasures on record: {@code ops.erasure}, {@code ops.erasure_log} and the list of who was erased. */
public final class ErasureLog {
    private final Connection connection;

    public ErasureLog(Connection connection) {
        this.connection = connection;
    }

    /**
     * What was removed from one place.
     *
     * @param file its name; empty for tables
     * @param runId that wrote it anew
     * @param baseRunId whose file it was; null for tables
     * @param redacted lines and records that stay, without the person
     */
    public record Entry(
            String dataset,
            LocalDate day,
            String place,
            String file,
            String runId,
            @Nullable String baseRunId,
            long before,
            long removed,
            long after,
            long redacted,
            @Nullable String sha256Before,
            @Nullable String sha256After,
            @Nullable String basis) {
        public static Entry ofTable(
                String dataset, LocalDate day, String table, String runId, long before, long removed) {
            return new Entry(
                    dataset, day, table, "", runId, null, before, removed, before - removed, 0, null, null, null);
        }
    }

    /** An erasure of the same person that was not ended: it is gone on with. */
    public Optional<String> unfinished(String subjectHash) throws SQLException {
        return erasure(
                "SELECT erasure_id FROM ops.erasure WHERE subject_hash = ? AND finished_at IS NULL LIMIT 1",
                subjectHash);
    }

    Optional<String> finished(String subjectHash) throws SQLException {
        return erasure(
                "SELECT erasure_id FROM ops.erasure WHERE subject_hash = ? AND finished_at IS NOT NULL"
                        + " ORDER BY finished_at DESC LIMIT 1",
                subjectHash);
    }

    private Optional<String> erasure(String sql, String subjectHash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, subjectHash);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    void begin(String erasureId, String subjectHash, String by, String request) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.erasure (erasure_id, subject_hash, requested_by, request, version)
                VALUES (?, ?, ?, ?, ?)""")) {
            insert.setString(1, erasureId);
            insert.setString(2, subjectHash);
            insert.setString(3, by);
            insert.setString(4, request);
            insert.setString(5, Version.current());
            insert.executeUpdate();
        }
    }

    /** From here on extractions and replays leave the person out. */
    void suppress(String subjectHash, long fingerprint, boolean isWord) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.erased_subject (subject_hash, fingerprint, is_word) VALUES (?, ?, ?)
                ON CONFLICT (subject_hash) DO NOTHING""")) {
            insert.setString(1, subjectHash);
            insert.setLong(2, fingerprint);
            insert.setBoolean(3, isWord);
            insert.executeUpdate();
        }
    }

    public void write(String erasureId, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.erasure_log
                    (erasure_id, dataset, business_date, place, file, run_id, base_run_id, lines_before, removed,
                     lines_after, redacted, sha256_before, sha256_after, basis)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Entry entry : entries) {
                insert.setString(1, erasureId);
                insert.setString(2, entry.dataset());
                insert.setObject(3, entry.day());
                insert.setString(4, entry.place());
                insert.setString(5, entry.file());
                insert.setString(6, entry.runId());
                insert.setString(7, entry.baseRunId());
                insert.setLong(8, entry.before());
                insert.setLong(9, entry.removed());
                insert.setLong(10, entry.after());
                insert.setLong(11, entry.redacted());
                insert.setString(12, entry.sha256Before());
                insert.setString(13, entry.sha256After());
                insert.setString(14, entry.basis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The run, and those whose files its own are the remainder of, nearest first. */
    Set<String> origins(String runId) throws SQLException {
        return runs(runId, """
                WITH RECURSIVE origin AS (
                    SELECT CAST(? AS TEXT) AS run_id, 0 AS depth
                    UNION
                    SELECT log.base_run_id, origin.depth + 1
                    FROM ops.erasure_log AS log INNER JOIN origin ON log.run_id = origin.run_id
                    WHERE log.base_run_id IS NOT NULL
                )
                SELECT run_id FROM origin ORDER BY depth""");
    }

    /** Runs that were to be what is left of this run: erasures that were killed before they published it. */
    Set<String> remainders(String runId) throws SQLException {
        return runs(runId, """
                WITH RECURSIVE remainder AS (
                    SELECT CAST(? AS TEXT) AS base_run_id
                    UNION
                    SELECT log.run_id
                    FROM ops.erasure_log AS log INNER JOIN remainder USING (base_run_id)
                )
                SELECT base_run_id FROM remainder""");
    }

    private Set<String> runs(String runId, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                Set<String> runs = new LinkedHashSet<>();
                while (row.next()) {
                    runs.add(row.getString(1));
                }
                return runs;
            }
        }
    }

    /** What was removed in all, one entry a day, place and file; tries that were ended are not counted twice. */
    List<Entry> proof(String erasureId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT DISTINCT ON (dataset, business_date, place, file)
                    dataset, business_date, place, file, run_id, base_run_id,
                    FIRST_VALUE(lines_before) OVER tries AS lines_before,
                    MAX(removed) OVER (PARTITION BY dataset, business_date, place, file) AS removed,
                    lines_after,
                    MAX(redacted) OVER (PARTITION BY dataset, business_date, place, file) AS redacted,
                    FIRST_VALUE(sha256_before) OVER tries AS sha256_before,
                    sha256_after, basis
                FROM ops.erasure_log
                WHERE erasure_id = ?
                WINDOW tries AS (PARTITION BY dataset, business_date, place, file ORDER BY logged_at, run_id)
                ORDER BY dataset, business_date, place, file, logged_at DESC, run_id DESC""")) {
            statement.setString(1, erasureId);
            try (ResultSet row = statement.executeQuery()) {
                List<Entry> entries = new ArrayList<>();
                while (row.next()) {
                    entries.add(new Entry(
                            row.getString(1),
                            row.getObject(2, LocalDate.class),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getLong(10),
                            row.getString(11),
                            row.getString(12),
                            row.getString(13)));
                }
                return entries;
            }
        }
    }

    /**
     * A place spark-job looked through, and found nobody in.
     *
     * @param state of the lake; empty for aggregates
     * @param count rows, or files
     */
    public record Searched(String place, String state, long count) {}

    public void searched(String erasureId, Searched search) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ops.erasure_search (erasure_id, place, state, searched) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, erasureId);
            insert.setString(2, search.place());
            insert.setString(3, search.state());
            insert.setLong(4, search.count());
            insert.executeUpdate();
        }
    }

    /** The last search of each place since anything was removed from the places of other jobs. */
    List<Searched> searches(String erasureId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT DISTINCT ON (place) place, state, searched
                FROM ops.erasure_search AS search
                WHERE
                    erasure_id = ?
                    AND NOT EXISTS (
                        SELECT 1 FROM ops.erasure_log AS log
                        WHERE
                            log.erasure_id = search.erasure_id AND log.logged_at > search.searched_at
                            AND log.place NOT IN ('lake.events', 'aggregates')
                    )
                ORDER BY place, searched_at DESC""")) {
            statement.setString(1, erasureId);
            try (ResultSet row = statement.executeQuery()) {
                List<Searched> searches = new ArrayList<>();
                while (row.next()) {
                    searches.add(new Searched(row.getString(1), row.getString(2), row.getLong(3)));
                }
                return searches;
            }
        }
    }

    /** When anybody was last erased from each day of events, as the names of runs begin. */
    public SortedMap<LocalDate, String> lastErased() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT business_date, TO_CHAR(MAX(logged_at) AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISSMS"Z"')
                        FROM ops.erasure_log WHERE dataset = 'events' AND place <> 'aggregates' GROUP BY business_date""");
                ResultSet row = statement.executeQuery()) {
            SortedMap<LocalDate, String> days = new TreeMap<>();
            while (row.next()) {
                days.put(row.getObject(1, LocalDate.class), row.getString(2));
            }
            return days;
        }
    }

    void finish(String erasureId, long days, long removed, long held) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE ops.erasure SET finished_at = clock_timestamp(), days = ?, removed = ?, held = ?
                WHERE erasure_id = ?""")) {
            update.setLong(1, days);
            update.setLong(2, removed);
            update.setLong(3, held);
            update.setString(4, erasureId);
            update.executeUpdate();
        }
    }

    /** Days of the erasure whose marts were not built from what is loaded now. */
    List<LocalDate> toRebuild(String erasureId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT DISTINCT book.business_date
                FROM ops.v_books AS book
                INNER JOIN ops.erasure_log AS log
                    ON book.dataset = log.dataset AND book.business_date = log.business_date
                WHERE log.erasure_id = ? AND book.slice = 'all' AND book.marts_built < book.marts_known AND book.state <> 'dropped'
                ORDER BY book.business_date""")) {
            statement.setString(1, erasureId);
            try (ResultSet row = statement.executeQuery()) {
                List<LocalDate> days = new ArrayList<>();
                while (row.next()) {
                    days.add(row.getObject(1, LocalDate.class));
                }
                return days;
            }
        }
    }

    /** Datasets merged by key of which an erasure changed rows, and marts wait to be built again. */
    List<String> waiting() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT DISTINCT touched.dataset
                        FROM ops.touched_day AS touched
                        INNER JOIN ops.mart_reads AS reading ON touched.dataset = reading.dataset
                        WHERE
                            touched.run_id LIKE 'erasure-%'
                            AND NOT EXISTS (
                                SELECT 1 FROM ops.rebuilt_day AS rebuilt
                                WHERE
                                    rebuilt.mart = reading.mart
                                    AND rebuilt.dataset = touched.dataset
                                    AND rebuilt.business_date = touched.business_date
                                    AND rebuilt.run_id = touched.run_id
                            )
                        ORDER BY touched.dataset""");
                ResultSet row = statement.executeQuery()) {
            List<String> datasets = new ArrayList<>();
            while (row.next()) {
                datasets.add(row.getString(1));
            }
            return datasets;
        }
    }
}
