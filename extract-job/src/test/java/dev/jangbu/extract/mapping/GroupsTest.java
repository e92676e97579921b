package dev.jangbu.extract.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-01-15T10:00:00+09:00");

    private final List<String> closed = new ArrayList<>();

    @Test
    void groupsStayOpenUntilTheEndWithinTheLimits() {
        Groups groups = groups(2, 10);
        add(groups, "A", "B", "A", "B");

        assertThat(closed).isEmpty();
        groups.closeAll();
        assertThat(closed).containsExactly("A1,A3", "B2,B4");
    }

    @Test
    void theEldestGroupIsClosedForANewOne() {
        Groups groups = groups(2, 10);
        add(groups, "A", "B", "A", "C");

        assertThat(closed).containsExactly("A1,A3");
    }

    @Test
    void theEldestGroupIsClosedForTooManyRows() {
        Groups groups = groups(10, 3);
        add(groups, "A", "B", "B", "B");

        assertThat(closed).containsExactly("A1");
    }

    @Test
    void aRowOfAClosedGroupIsRefusedNotASecondOrder() {
        Groups groups = groups(1, 10);
        add(groups, "A", "B");

        assertThatThrownBy(() -> add(groups, "A"))
                .isInstanceOf(UnmappableRow.class)
                .hasMessage("too far from the other lines of its group (expected: within 1 groups and 10 rows)");
        groups.closeAll();
        assertThat(closed).containsExactly("A1", "B2");
    }

    private int line;

    private void add(Groups groups, String... keys) {
        for (String key : keys) {
            line++;
            Row row = new CsvRow(Map.of("name", 0), List.of(key + line));
            groups.add(key, AT, row, new RowPlace("in.csv", line));
        }
    }

    private Groups groups(int groups, int rows) {
        return new Groups(
                new Groups.Limits(groups, rows),
                group -> closed.add(String.join(
                        ",",
                        group.rows().stream()
                                .map(row -> String.valueOf(row.text("name")))
                                .toList())));
    }
}
