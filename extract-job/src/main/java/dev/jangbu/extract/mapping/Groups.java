package dev.jangbu.extract.mapping;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The groups that may still grow. The rows of a group need not follow each other, but memory is bounded: with more than
 * {@link Limits#groups} groups or {@link Limits#rows} rows open, the eldest group is closed. A row that comes for a closed
 * group is refused, not made a second record of the same order.
 */
final class Groups {
    private final Limits limits;
    private final Consumer<Group> close;
    private final Map<String, Group> open = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private int openRows;

    /** How much may be open at once. */
    record Limits(int groups, int rows) {
        static Limits standard() {
            return new Limits(10_000, 200_000);
        }
    }

    /** One group: its rows as they came, and the time of the first. */
    record Group(OffsetDateTime at, List<Row> rows, List<RowPlace> places) {}

    Groups(Limits limits, Consumer<Group> close) {
        this.limits = limits;
        this.close = close;
    }

    /** @throws UnmappableRow when the row's group is closed */
    void add(String key, OffsetDateTime at, Row row, RowPlace place) {
        if (closed.contains(key)) {
            throw new UnmappableRow("too far from the other lines of its group (expected: within " + limits.groups()
                    + " groups and " + limits.rows() + " rows)");
        }
        Group group = open.computeIfAbsent(key, first -> new Group(at, new ArrayList<>(), new ArrayList<>()));
        group.rows().add(row);
        group.places().add(place);
        openRows++;
        while (open.size() > limits.groups() || openRows > limits.rows()) {
            closeEldest();
        }
    }

    void closeAll() {
        open.values().forEach(close);
        open.clear();
        openRows = 0;
    }

    private void closeEldest() {
        Map.Entry<String, Group> eldest = open.entrySet().iterator().next();
        open.remove(eldest.getKey());
        closed.add(eldest.getKey());
        openRows -= eldest.getValue().rows().size();
        close.accept(eldest.getValue());
    }
}
