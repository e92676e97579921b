package dev.jangbu.mart.build;

import dev.jangbu.mart.definition.Check;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a check's query gave.
 *
 * @param rows the first rows, each by column name: numbers as such, the rest as PostgreSQL writes it
 */
record CheckOutcome(Check check, List<Map<String, Object>> rows) {
    private static final Logger log = LoggerFactory.getLogger(CheckOutcome.class);
    private static final int MOST_ROWS = 5;

    CheckOutcome {
        rows = List.copyOf(rows);
    }

    static CheckOutcome of(Check check, Handle handle, LocalDate businessDate) {
        List<Map<String, Object>> rows = handle.createQuery(check.sql())
                .setMaxRows(MOST_ROWS)
                .bind("business_date", businessDate)
                .map((row, statement) -> read(row))
                .list();
        return new CheckOutcome(check, rows);
    }

    boolean isFailed() {
        return check.kind() == Check.Kind.FAIL && !rows.isEmpty();
    }

    boolean isWarning() {
        return check.kind() == Check.Kind.WARN && !rows.isEmpty();
    }

    /** Says what a check that warns found. */
    void log(String mart, LocalDate day) {
        log.warn(
                "mart={} ds={} check={} state=warned {} expected=\"{}\"",
                mart,
                day,
                check.name(),
                figures(),
                check.description());
    }

    /** The facts this check tells the summary; none unless it is of that kind. */
    Map<String, Object> facts() {
        return check.kind() == Check.Kind.FACT && !rows.isEmpty() ? rows.get(0) : Map.of();
    }

    /** {@code mart_events=5, raw_events=6}; rows parted by semicolons, of more than a few only the first. */
    String figures() {
        return rows.stream()
                .map(row -> row.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** As it stands in the run's summary. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("name", check.name());
        summary.put("kind", check.kind().word());
        summary.put("status", rows.isEmpty() ? "passed" : "warned");
        if (!rows.isEmpty()) {
            summary.put("figures", rows);
        }
        return summary;
    }

    private static Map<String, Object> read(ResultSet row) throws SQLException {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            Object value = row.getObject(column);
            figures.put(
                    row.getMetaData().getColumnLabel(column),
                    value instanceof Number ? value : String.valueOf(row.getString(column)));
        }
        return figures;
    }
}
