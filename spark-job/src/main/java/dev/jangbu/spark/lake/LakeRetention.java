package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.load.retention.Policy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/**
 * Takes out of the lake what is older than the policy keeps it: days, former states, and files of commits that were
 * killed. Needs no Spark: days go as whole files, and what files there are the catalog tells.
 */
final class LakeRetention {
    /** A commit that takes longer than this is none of ours. */
    static final Duration LEFT = Duration.ofDays(1);

    private final RunContext context;
    private final DataSource database;
    private final LakeSettings lake;
    private final Rules rules;

    LakeRetention(RunContext context, DataSource database, LakeSettings lake, Rules rules) {
        this.context = context;
        this.database = database;
        this.lake = lake.as(context.runId(), context.fence());
        this.rules = rules;
    }

    /**
     * What is kept how long.
     *
     * @param asOf periods are counted back from it
     * @param by who removes, for the record
     */
    record Rules(Policy policy, LocalDate asOf, String by) {
        Optional<LocalDate> firstDay() {
            return policy.place(Policy.LAKE).map(place -> place.keep().firstKept(asOf));
        }

        Optional<Instant> firstState(ZoneId zone) {
            return policy.place(Policy.LAKE_STATES)
                    .map(place ->
                            place.keep().firstKept(asOf).atStartOfDay(zone).toInstant());
        }
    }

    void retain() throws Exception {
        LakeLock.alone(database, this::remove);
    }

    private void remove() throws IOException, SQLException {
        try (LakeCatalog catalog = lake.open()) {
            Optional<EventsTable> found = EventsTable.find(catalog);
            if (found.isEmpty()) {
                return;
            }
            EventsTable events = found.get();
            NavigableMap<LocalDate, Long> old = rules.firstDay()
                    .map(first -> events.rowsByDay().headMap(first, false))
                    .orElseGet(TreeMap::new);
            if (!old.isEmpty()) {
                drop(events.table(), old);
            }
            LakeTidying tidying = new LakeTidying(events, lake);
            long states = rules.firstState(context.calendar().zone())
                    .map(tidying::forget)
                    .orElse(0L);
            if (states > 0) {
                log(List.of(new Gone(rules.asOf(), Policy.LAKE_STATES, states)));
            }
            context.summary()
                    .fact("days", old.size())
                    .fact(
                            "rows",
                            old.values().stream().mapToLong(Long::longValue).sum())
                    .fact("states", states)
                    .fact(
                            "files",
                            tidying.unnamed().remove(context.clock().instant().minus(LEFT)));
        }
    }

    /** The record first: a kill in between leaves one too many, and the days are found again. */
    private void drop(Table table, NavigableMap<LocalDate, Long> old) throws SQLException {
        List<Gone> gone = new ArrayList<>();
        old.forEach((day, rows) -> gone.add(new Gone(day, Policy.LAKE, rows)));
        log(gone);
        LocalDate first = old.lastKey().plusDays(1);
        DeleteFiles deletion =
                table.newDelete().deleteFromRowFilter(Expressions.lessThan(EventsTable.DAY, first.toString()));
        LakeSnapshot.ofRetention(first, context.runId()).forEach(deletion::set);
        deletion.commit();
    }

    private record Gone(LocalDate day, String place, long removed) {}

    private void log(List<Gone> gone) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.retention_log
                    (dataset, business_date, place, token, removed, held, keep, basis, as_of, removed_by)
                VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)""")) {
            for (Gone each : gone) {
                Policy.Place place = rules.policy().place(each.place()).orElseThrow();
                insert.setString(1, context.dataset());
                insert.setObject(2, each.day());
                insert.setString(3, each.place());
                insert.setLong(4, context.fence().token());
                insert.setLong(5, each.removed());
                insert.setString(6, place.keep().text());
                insert.setString(7, place.basis());
                insert.setObject(8, rules.asOf());
                insert.setString(9, rules.by());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** What would be done, in the words of {@code load-job retain --dry-run}. */
    static List<String> plan(LakeSettings lake, Rules rules, ZoneId zone, Instant now) throws IOException {
        try (LakeCatalog catalog = lake.readOnly().open()) {
            Optional<EventsTable> found = EventsTable.find(catalog);
            return found.map(events -> plan(events, lake, rules, zone, now)).orElse(List.of());
        }
    }

    private static List<String> plan(EventsTable events, LakeSettings lake, Rules rules, ZoneId zone, Instant now) {
        List<String> lines = new ArrayList<>();
        rules.firstDay()
                .ifPresent(first -> lines.add(
                        line(rules, Policy.LAKE, days(events.rowsByDay().headMap(first, false)))));
        rules.firstState(zone)
                .ifPresent(first -> lines.add(line(
                        rules,
                        Policy.LAKE_STATES,
                        states(events.history().stream()
                                .filter(state -> state.state() != LakeSnapshot.State.CURRENT)
                                .filter(state -> state.at().isBefore(first))
                                .count()))));
        int left = new LakeTidying(events, lake)
                .unnamed()
                .writtenBefore(now.minus(LEFT))
                .size();
        lines.add("%-26s        would remove %d files that no state names".formatted(EventsTable.IN_SQL, left));
        return lines;
    }

    private static String line(Rules rules, String name, String what) {
        String keep =
                rules.policy().place(name).map(place -> place.keep().text()).orElse("");
        return "%-26s %5s  %s".formatted(name, keep, what);
    }

    private static String days(Map<LocalDate, Long> old) {
        if (old.isEmpty()) {
            return "nothing is out of time";
        }
        List<LocalDate> days = List.copyOf(old.keySet());
        return "would remove %d days, %s to %s".formatted(days.size(), days.get(0), days.get(days.size() - 1));
    }

    private static String states(long old) {
        return old == 0 ? "nothing is out of time" : "would forget %d states".formatted(old);
    }
}
