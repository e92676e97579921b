package dev.jangbu.load.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reading by order date tells what was missed, and mends it. */
@ExtendWith(PostgresExtension.class)
class ReconcileTest {
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String WEEK_LATER = "2026-03-09T10:00:00Z";
    private static final String SLICE = "cafe24-hlogdemo.reconcile";
    private static final String DIFFERENCES = "SELECT load_date, business_date, currency, stored_orders, read_orders,"
            + " unknown_orders, unread_orders, items_difference, gross_difference, discount_difference, is_mended"
            + " FROM ops.v_reconcile_difference ORDER BY found_at, business_date";

    @TempDir
    private Path workspace;

    private static CleanRow[] ordersOf(String observedAt, String... orders) {
        CleanRow[] rows = new CleanRow[orders.length * 2];
        for (int at = 0; at < orders.length; at++) {
            rows[2 * at] = CleanRow.order(orders[at], observedAt);
            rows[2 * at + 1] = CleanRow.item(orders[at], orders[at] + "-1", observedAt);
        }
        return rows;
    }

    @Test
    void whatWasMissedIsToldByDayAndMended(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(ordersOf(EVENING, "O1", "O2"))).isEqualTo(ExitCode.DONE);

        CleanWindow reading = window.ofSlice(SLICE).on("2026-03-09").since("2026-02-20");
        CleanRow[] read = ordersOf(WEEK_LATER, "O1", "O3");
        read[1] = read[1].with("line_gross=12000.00,unit_price=12000.00,line_discount=500.00");
        assertThat(reading.load(read)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(DIFFERENCES)).containsExactly("2026-03-09|2026-03-02|KRW|2|2|1|1|0|2000.00|500.00|f");
        assertThat(reading.lastLine())
                .contains("\"different_days\":1,\"unknown_orders\":1,\"unread_orders\":1,\"gross_difference\":2000.00,"
                        + "\"difference_currency\":\"KRW\"");
        assertThat(database.rows("SELECT order_id, item_gross, item_discount FROM raw.sales_order ORDER BY 1"))
                .containsExactly("O1|12000.00|500.00", "O2|10000.00|0.00", "O3|10000.00|0.00");

        // Again: what was read is stored, and what was not read is told until somebody has looked into it.
        assertThat(reading.load(read)).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(DIFFERENCES))
                .containsExactly(
                        "2026-03-09|2026-03-02|KRW|2|2|1|1|0|2000.00|500.00|f",
                        "2026-03-09|2026-03-02|KRW|3|2|0|1|-1|-10000.00|0.00|f");
    }

    @Test
    void ordersThatTheNextDailyWindowBringsAreNoDifference(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(ordersOf(EVENING, "O1"))).isEqualTo(ExitCode.DONE);

        CleanRow[] read = ordersOf(WEEK_LATER, "O1", "O9");
        read[2] = read[2].with("ordered_at=2026-03-08T01:00:00.000000Z,ordered_on=2026-03-08");
        CleanWindow reading = window.ofSlice(SLICE).on("2026-03-09").since("2026-02-20");
        assertThat(reading.load(read)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(DIFFERENCES)).isEmpty();
        assertThat(reading.lastLine()).contains("\"different_days\":0,");
        assertThat(database.rows("SELECT order_id FROM raw.sales_order ORDER BY 1"))
                .containsExactly("O1", "O9");
    }
}
