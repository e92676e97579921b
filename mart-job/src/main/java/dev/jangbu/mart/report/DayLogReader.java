package dev.jangbu.mart.report;

import dev.jangbu.kit.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads the log of a range of days from {@code ops}: three queries, however many days. */
public final class DayLogReader {
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Long>> REASONS = new TypeReference<>() {};

    private final Handle handle;
    private final String dataset;

    public DayLogReader(Handle handle, String dataset) {
        this.handle = handle;
        this.dataset = dataset;
    }

    /** The days of the range that have a log, both ends inclusive. */
    public SortedMap<LocalDate, DayLog> read(LocalDate from, LocalDate to) {
        Map<LocalDate, List<RunStep>> steps = steps(from, to);
        Map<LocalDate, List<CheckResult>> checks = checks(from, to);
        Map<LocalDate, DayLog.Load> loads = loads(from, to);
        SortedMap<LocalDate, DayLog> logs = new TreeMap<>();
        for (LocalDate day : from.datesUntil(to.plusDays(1)).toList()) {
            DayLog log = new DayLog(
                    day, steps.getOrDefault(day, List.of()), checks.getOrDefault(day, List.of()), loads.get(day));
            if (!log.isEmpty()) {
                logs.put(day, log);
            }
        }
        return logs;
    }

    private Map<LocalDate, List<RunStep>> steps(LocalDate from, LocalDate to) {
        Map<LocalDate, List<RunStep>> steps = new HashMap<>();
        query("""
                SELECT DISTINCT ON (business_date, job, slice)
                    business_date, job, slice, status, message, seconds, started_at, run_id, facts
                FROM ops.pipeline_run_log
                WHERE dataset = :dataset AND business_date BETWEEN :from AND :to
                ORDER BY business_date, job, slice, started_at DESC, token DESC""", from, to)
                .map((row, context) -> Map.entry(day(row), step(row)))
                .forEach(found -> add(steps, found.getKey(), found.getValue()));
        steps.values().forEach(list -> list.sort(Comparator.comparing(RunStep::startedAt)));
        return steps;
    }

    private Map<LocalDate, List<CheckResult>> checks(LocalDate from, LocalDate to) {
        Map<LocalDate, List<CheckResult>> checks = new HashMap<>();
        query("""
                WITH latest AS (
                    SELECT DISTINCT ON (business_date) business_date, run_id
                    FROM ops.quality_check_log
                    WHERE dataset = :dataset AND slice = 'all' AND business_date BETWEEN :from AND :to
                    ORDER BY business_date, checked_at DESC
                )

                SELECT
                    business_date, check_name, check_type, counted, failed, pass_rate, threshold, severity, status
                FROM ops.quality_check_log
                INNER JOIN latest USING (business_date, run_id)""", from, to)
                .map((row, context) -> Map.entry(day(row), check(row)))
                .forEach(found -> add(checks, found.getKey(), found.getValue()));
        checks.values().forEach(list -> list.sort(Comparator.comparing(CheckResult::name, CheckResult.BY_ORDER)));
        return checks;
    }

    private Map<LocalDate, DayLog.Load> loads(LocalDate from, LocalDate to) {
        Map<LocalDate, DayLog.Load> loads = new HashMap<>();
        query("""
                WITH latest AS (
                    SELECT DISTINCT ON (business_date) business_date, run_id
                    FROM ops.load_log
                    WHERE dataset = :dataset AND slice = 'all' AND business_date BETWEEN :from AND :to
                    ORDER BY business_date, loaded_at DESC
                )

                SELECT business_date, lines_read, clean, rejected, rejected_by_reason, copied, in_table, loaded_at
                FROM ops.load_log
                INNER JOIN latest USING (business_date, run_id)""", from, to)
                .map((row, context) -> Map.entry(day(row), load(row)))
                .forEach(found -> loads.merge(found.getKey(), found.getValue(), DayLogReader::sum));
        return loads;
    }

    private Query query(String sql, LocalDate from, LocalDate to) {
        return handle.createQuery(sql)
                .bind("dataset", dataset)
                .bind("from", from)
                .bind("to", to);
    }

    private static RunStep step(ResultSet row) throws SQLException {
        String facts = row.getString("facts");
        return new RunStep(
                row.getString("job"),
                row.getString("slice"),
                row.getString("status"),
                text(row.getString("message")),
                row.getBigDecimal("seconds"),
                instant(row, "started_at"),
                row.getString("run_id"),
                facts == null ? Map.of() : Json.mapper().readValue(facts, FACTS));
    }

    private static CheckResult check(ResultSet row) throws SQLException {
        return new CheckResult(
                row.getString("check_name"),
                row.getString("check_type"),
                row.getLong("counted"),
                row.getLong("failed"),
                row.getBigDecimal("pass_rate"),
                row.getBigDecimal("threshold"),
                row.getString("severity"),
                row.getString("status"),
                List.of());
    }

    private static DayLog.Load load(ResultSet row) throws SQLException {
        Ledger ledger = new Ledger(
                row.getLong("lines_read"),
                row.getLong("clean"),
                row.getLong("rejected"),
                Json.mapper().readValue(row.getString("rejected_by_reason"), REASONS),
                row.getLong("copied"),
                row.getLong("in_table"),
                null);
        return new DayLog.Load(ledger, instant(row, "loaded_at"));
    }

    /** A load of several files is one load. */
    private static DayLog.Load sum(DayLog.Load one, DayLog.Load other) {
        Map<String, Long> reasons = new LinkedHashMap<>(one.ledger().rejectedByReason());
        other.ledger().rejectedByReason().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        Ledger ledger = new Ledger(
                one.ledger().lines() + other.ledger().lines(),
                one.ledger().clean() + other.ledger().clean(),
                one.ledger().rejected() + other.ledger().rejected(),
                reasons,
                sum(one.ledger().copied(), other.ledger().copied()),
                sum(one.ledger().inTable(), other.ledger().inTable()),
                null);
        return new DayLog.Load(ledger, one.at().isAfter(other.at()) ? one.at() : other.at());
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }

    private static LocalDate day(ResultSet row) throws SQLException {
        return row.getObject("business_date", LocalDate.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static <T> void add(Map<LocalDate, List<T>> days, LocalDate day, T value) {
        days.computeIfAbsent(day, none -> new ArrayList<>()).add(value);
    }
}
