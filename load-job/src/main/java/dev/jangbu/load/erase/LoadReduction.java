package dev.jangbu.load.erase;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.held.DayHold;
import dev.jangbu.load.retention.Policy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The person's rows out of the day's raw table and marts, those a law wants kept into {@code hold}, and the load that is
 * left into the ledger: one transaction. A new load, of the clean files that are left; where these are not those of the
 * load, of the rows that are left. What it sends and copies is what the load before did, without the rows counted out.
 */
final class LoadReduction {
    private static final String IN_TABLE = "(rows left in the table)";
    private static final TypeReference<Map<String, Long>> REASONS = new TypeReference<>() {};

    private final Erasing erasing;
    private final DayHold hold;
    private final RunContext context;

    LoadReduction(Erasing erasing, DayHold hold) {
        this.erasing = erasing;
        this.hold = hold;
        this.context = hold.load();
    }

    /** A load, or what is left of it. */
    private record Load(
            String runId,
            @Nullable String checkedBy,
            long clean,
            long rejected,
            Map<String, Long> reasons,
            Instant loadedAt) {}

    private record Reduced(long before, long removed, long held) {
        long after() {
            return before - removed;
        }
    }

    /**
     * @param clean the clean files that are left, with their rows in the books; null where there are none
     * @param cleanOrigins the checks they are the remainder of
     * @param ids of events that went from the clean files
     * @return rows in the raw table after it; empty where the day is not loaded
     */
    Optional<Long> run(Connection transaction, @Nullable Manifest clean, Set<String> cleanOrigins, List<UUID> ids)
            throws SQLException {
        List<ErasureLog.Entry> entries = new ArrayList<>();
        dropUnattached(transaction);
        Optional<Load> last = isThere(transaction) ? lastLoad(transaction) : Optional.empty();
        Optional<Long> left = Optional.empty();
        if (last.isPresent()) {
            Reduced reduced = reduce(transaction, ids);
            entries.add(ErasureLog.Entry.ofTable(
                    context.dataset(),
                    context.businessDate(),
                    "raw.raw_" + context.dataset(),
                    context.runId(),
                    reduced.before(),
                    reduced.removed()));
            entries.add(held(reduced.held()));
            write(transaction, last.get(), reduced.after(), clean, cleanOrigins);
            left = Optional.of(reduced.after());
        }
        for (String mart : hold.marts()) {
            entries.add(mart(transaction, mart));
        }
        new ErasureLog(transaction).write(erasing.id(), entries);
        return left;
    }

    /** Tables that killed loads of the day filled hold the person too. */
    private void dropUnattached(Connection transaction) throws SQLException {
        try (PreparedStatement drop = transaction.prepareStatement("SELECT ops.drop_unattached_day(?, ?, ?)")) {
            bindDay(drop, 1);
            drop.setLong(3, context.fence().token());
            drop.execute();
        }
    }

    private ErasureLog.Entry held(long rows) {
        String basis = String.join(
                "; ",
                erasing.policy().holds().stream()
                        .map(rule -> rule.records() + " " + rule.keep().text() + ": " + rule.basis())
                        .toList());
        return new ErasureLog.Entry(
                context.dataset(),
                context.businessDate(),
                "hold.record",
                "",
                context.runId(),
                null,
                rows,
                0,
                rows,
                0,
                null,
                null,
                basis);
    }

    private boolean isThere(Connection transaction) throws SQLException {
        try (PreparedStatement statement =
                transaction.prepareStatement("SELECT TO_REGCLASS('raw.' || ops.day_table(?, ?)) IS NOT NULL")) {
            bindDay(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private Reduced reduce(Connection transaction, List<UUID> ids) throws SQLException {
        List<Policy.Hold> rules = erasing.policy().holds();
        try (PreparedStatement erase = transaction.prepareStatement("SELECT rows_before, removed, held"
                + " FROM ops.erase_day(?, ?, ?, ?, ?, ?::UUID[], ?, ?::TEXT[], ?::INTERVAL[], ?::TEXT[], ?)")) {
            bindDay(erase, 1);
            erase.setLong(3, context.fence().token());
            erase.setString(4, erasing.subject().id());
            erase.setString(5, erasing.subject().patternText());
            erase.setArray(6, transaction.createArrayOf("uuid", ids.toArray()));
            erase.setObject(7, erasing.today());
            erase.setArray(
                    8,
                    texts(transaction, rules.stream().map(Policy.Hold::records).toList()));
            erase.setArray(
                    9,
                    texts(
                            transaction,
                            rules.stream().map(rule -> rule.keep().interval()).toList()));
            erase.setArray(
                    10,
                    texts(transaction, rules.stream().map(Policy.Hold::basis).toList()));
            erase.setString(11, "erasure " + erasing.id());
            try (ResultSet row = erase.executeQuery()) {
                row.next();
                return new Reduced(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    private static java.sql.Array texts(Connection transaction, List<String> texts) throws SQLException {
        return transaction.createArrayOf("text", texts.toArray());
    }

    private ErasureLog.Entry mart(Connection transaction, String mart) throws SQLException {
        try (PreparedStatement erase =
                transaction.prepareStatement("SELECT rows_before, removed FROM ops.erase_mart_day(?, ?, ?, ?, ?, ?)")) {
            erase.setString(1, mart);
            bindDay(erase, 2);
            erase.setLong(4, hold.mart(mart).fence().token());
            erase.setString(5, erasing.subject().id());
            erase.setString(6, erasing.subject().patternText());
            try (ResultSet row = erase.executeQuery()) {
                row.next();
                long before = row.getLong(1);
                long removed = row.getLong(2);
                hold.mart(mart).summary().fact("rows", before - removed);
                return ErasureLog.Entry.ofTable(
                        context.dataset(), context.businessDate(), "mart." + mart, context.runId(), before, removed);
            }
        }
    }

    private Optional<Load> lastLoad(Connection transaction) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement("""
                SELECT run_id, checked_by, clean, rejected, rejected_by_reason, loaded_at
                FROM ops.load_log
                WHERE run_id = (
                    SELECT run_id FROM ops.load_log WHERE dataset = ? AND slice = 'all' AND business_date = ?
                    ORDER BY token DESC, loaded_at DESC LIMIT 1)""")) {
            bindDay(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                Load load = null;
                while (row.next()) {
                    Map<String, Long> reasons = new TreeMap<>(load == null ? Map.of() : load.reasons());
                    Json.mapper()
                            .readValue(row.getString(5), REASONS)
                            .forEach((check, count) -> reasons.merge(check, count, Long::sum));
                    load = new Load(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3) + (load == null ? 0 : load.clean()),
                            row.getLong(4) + (load == null ? 0 : load.rejected()),
                            reasons,
                            row.getObject(6, OffsetDateTime.class).toInstant());
                }
                return Optional.ofNullable(load);
            }
        }
    }

    private void write(Connection transaction, Load last, long left, @Nullable Manifest clean, Set<String> cleanOrigins)
            throws SQLException {
        if (clean != null && clean.rows() == left && isOf(last, cleanOrigins)) {
            for (CheckedFile file : CheckedFile.of(clean)) {
                write(transaction, file, clean.runId());
            }
            return;
        }
        CheckedFile rows = new CheckedFile(
                IN_TABLE, left + last.rejected(), left, last.rejected(), last.reasons(), digest(transaction));
        check(transaction, last, rows);
        write(transaction, rows, context.runId());
    }

    private static boolean isOf(Load last, Set<String> cleanOrigins) {
        String checkedBy = last.checkedBy();
        return checkedBy != null && cleanOrigins.contains(checkedBy);
    }

    private String digest(Connection transaction) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement("SELECT ops.digest_of_day(?, ?)")) {
            bindDay(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** The check behind rows whose clean file is gone: as old as that of the load, so that a newer one stays newer. */
    private void check(Connection transaction, Load last, CheckedFile rows) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                WITH before AS (
                    SELECT landing_run_id, token, checked_at FROM ops.checked_file WHERE run_id = ?
                    ORDER BY checked_at DESC LIMIT 1
                )
                INSERT INTO ops.checked_file
                    (run_id, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                     file, lines, clean, rejected, rejected_by_reason, sha256, checked_at)
                SELECT
                    ?, ?, 'all', ?, COALESCE((SELECT token FROM before), 0),
                    COALESCE((SELECT landing_run_id FROM before), '(unknown)'), ?, '', ?, ?, ?, ?, ?::JSONB, ?,
                    COALESCE((SELECT checked_at FROM before), ?) + INTERVAL '1 microsecond'""")) {
            insert.setString(1, last.checkedBy());
            insert.setString(2, context.runId());
            bindDay(insert, 3);
            insert.setString(5, CheckedFile.NO_FILE);
            insert.setString(6, rows.file());
            insert.setLong(7, rows.lines());
            insert.setLong(8, rows.clean());
            insert.setLong(9, rows.rejected());
            insert.setString(10, Json.line(rows.rejectedByReason()));
            insert.setString(11, rows.sha256());
            insert.setObject(12, last.loadedAt().atOffset(java.time.ZoneOffset.UTC));
            insert.executeUpdate();
        }
        try (PreparedStatement verdict = transaction.prepareStatement("""
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate,
                     threshold, severity, status, day_status, version, checked_at)
                SELECT
                    ?, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                    severity, status, day_status, version, checked_at
                FROM ops.quality_check_log
                WHERE run_id = ?""")) {
            verdict.setString(1, context.runId());
            verdict.setString(2, last.checkedBy());
            verdict.executeUpdate();
        }
    }

    private void write(Connection transaction, CheckedFile file, String checkedBy) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.load_log
                    (dataset, slice, business_date, token, run_id, file, lines_read, clean, rejected,
                     rejected_by_reason, sent, copied, in_table, sha256, checked_by)
                VALUES (?, 'all', ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?, ?, ?, ?, ?)""")) {
            bindDay(insert, 1);
            insert.setLong(3, context.fence().token());
            insert.setString(4, context.runId());
            insert.setString(5, file.file());
            insert.setLong(6, file.lines());
            insert.setLong(7, file.clean());
            insert.setLong(8, file.rejected());
            insert.setString(9, Json.line(file.rejectedByReason()));
            insert.setLong(10, file.clean());
            insert.setLong(11, file.clean());
            insert.setLong(12, file.clean());
            insert.setString(13, file.sha256());
            insert.setString(14, checkedBy);
            insert.executeUpdate();
        }
    }

    private void bindDay(PreparedStatement statement, int from) throws SQLException {
        statement.setString(from, context.dataset());
        statement.setObject(from + 1, context.businessDate());
    }
}
