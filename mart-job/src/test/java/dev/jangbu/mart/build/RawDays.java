package dev.jangbu.mart.build;

import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/** Fills raw.raw_events and its ledger as load-job leaves them: a partition a day, an entry a load. */
final class RawDays {
    static final LocalDate DAY = LocalDate.parse("2026-01-15");
    static final String HEADER =
            "event_date,event_id,event_type,user_id,session_id,occurred_at,platform,order_id,total_amount";

    private final TestDatabase database;

    RawDays(TestDatabase database) {
        this.database = database;
    }

    /**
     * Loads a CSV with a header of any of the table's columns; {@link #DAY} is loaded, if only with no rows.
     *
     * @return the days loaded, in order
     */
    List<LocalDate> load(Path csv) throws IOException, SQLException {
        return load(Files.readString(csv));
    }

    List<LocalDate> load(String csv) throws IOException, SQLException {
        TreeSet<LocalDate> days = new TreeSet<>(List.of(DAY));
        csv.lines().skip(1).map(line -> LocalDate.parse(line.substring(0, 10))).forEach(days::add);
        days.forEach(this::createPartition);
        try (Connection connection = database.connect();
                Reader rows = new StringReader(csv)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY raw.raw_events (" + csv.lines().findFirst().orElseThrow()
                                    + ") FROM STDIN (FORMAT csv, HEADER)",
                            rows);
        }
        days.forEach(this::writeLedger);
        return List.copyOf(days);
    }

    /** Purchases of one user, order numbers ORD1, ORD2, …, amounts 100, 200, …. */
    void loadPurchases(LocalDate day, int count) throws IOException, SQLException {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (int nth = 1; nth <= count; nth++) {
            csv.append(purchase(day, nth, "ORD" + nth, 100 * nth));
        }
        load(csv.toString());
    }

    static String purchase(LocalDate day, int nth, String order, int amount) {
        return "%1$s,00000000-0000-4000-8000-%2$012d,purchase,U1,s1,%1$sT10:00:00+09:00,web,%3$s,%4$d%n"
                .formatted(day, day.getDayOfMonth() * 1_000_000L + nth, order, amount)
                .replace(System.lineSeparator(), "\n");
    }

    private void createPartition(LocalDate day) {
        database.execute("CREATE TABLE IF NOT EXISTS raw.raw_events_"
                + day.toString().replace("-", "") + " PARTITION OF raw.raw_events FOR VALUES FROM ('" + day + "') TO ('"
                + day.plusDays(1) + "')");
    }

    /** Loaded again, a day has a further entry with a greater token. */
    void writeLedger(LocalDate day) {
        database.execute("""
                WITH next AS (
                    SELECT
                        (SELECT count(*) FROM raw.raw_events WHERE event_date = '%1$s') AS n,
                        (SELECT count(*) + 1 FROM ops.load_log) AS token
                ),

                checked AS (
                    INSERT INTO ops.checked_file
                        (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                         lines, clean, rejected, rejected_by_reason, sha256)
                    SELECT
                        'check-' || token, 'part-00000.csv', 'events', 'all', '%1$s', token, 'landing', 'part-00000.jsonl',
                        'none', n, n, 0, '{}', 'none'
                    FROM next
                )

                INSERT INTO ops.load_log
                    (run_id, file, dataset, slice, business_date, token, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, in_table, sha256, checked_by)
                SELECT
                    'load-' || token, 'part-00000.csv', 'events', 'all', '%1$s', token, n, n, 0, '{}', n, n, n, 'none',
                    'check-' || token
                FROM next
                """.formatted(day));
    }
}
