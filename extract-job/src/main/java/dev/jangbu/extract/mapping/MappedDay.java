package dev.jangbu.extract.mapping;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.json.Json;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Lands the rows of the asked window as records, and keeps the books of all rows. Rows may come from many files. */
final class MappedDay implements RowTaker {
    private final Mapping mapping;
    private final Window window;
    private final LandingWriter landing;
    private final Books books = new Books();
    private final Groups groups;

    MappedDay(Mapping mapping, Window window, LandingWriter landing, Groups.Limits limits) {
        this.mapping = mapping;
        this.window = window;
        this.landing = landing;
        this.groups = new Groups(limits, this::closeGroup);
    }

    @Override
    public void row(Row row, RowPlace place) {
        books.row();
        try {
            take(row, place);
        } catch (UnmappableRow refused) {
            landUnmapped(row.raw(), place, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void broken(Object raw, RowPlace place, String reason) {
        books.row();
        landUnmapped(raw, place, reason);
    }

    /** The books, when all rows were given. */
    Map<String, Long> end() {
        groups.closeAll();
        return books.balanced();
    }

    private void take(Row row, RowPlace place) {
        if (mapping.skip().stream().anyMatch(skip -> skip.leavesOut(row))) {
            books.skipped();
            return;
        }
        OffsetDateTime at = mapping.time().read(row, window.calendar().zone());
        if (!window.contains(at.toInstant())) {
            books.otherDay();
            return;
        }
        String group = mapping.grouping() == null ? null : mapping.grouping().key(row);
        if (group != null) {
            groups.add(group, at, row, place);
            return;
        }
        byte[] line = line(List.of(row), at);
        books.line();
        landing.line(line);
    }

    private void closeGroup(Groups.Group group) {
        try {
            byte[] line = line(group.rows(), group.at());
            books.group(group.rows().size());
            landing.line(line);
        } catch (UnmappableRow refused) {
            for (int at = 0; at < group.rows().size(); at++) {
                Object raw = group.rows().get(at).raw();
                landUnmapped(raw, group.places().get(at), String.valueOf(refused.getMessage()));
            }
        }
    }

    private byte[] line(List<Row> rows, OffsetDateTime at) {
        return Json.mapper().writeValueAsBytes(mapping.record(rows, at));
    }

    /** Has none of the fields a record must have, so the checks refuse it; what it says is for the people who ask why. */
    private void landUnmapped(Object raw, RowPlace place, String reason) {
        landing.line(Json.mapper().writeValueAsBytes(Map.of("unmapped", place.unmapped(raw, reason))));
        books.unmapped();
    }
}
