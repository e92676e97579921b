package dev.jangbu.load.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the books say of an account's window, from its load to the marts that show it. */
@ExtendWith(PostgresExtension.class)
class WindowBooksTest {
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String BOOKS =
            "SELECT dataset, slice, business_date, state, balances, repair, reason FROM ops.v_books ORDER BY 1, 2, 3";

    @TempDir
    private Path workspace;

    @Test
    void aWindowBalancesOnceEveryMartShowsTheDaysItTouched(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(CleanRow.order("O1", EVENING), CleanRow.item("O1", "O1-1", EVENING)))
                .isEqualTo(ExitCode.DONE);

        // Not that of analytics, which the shop never loaded.
        String behind =
                database.value("SELECT STRING_AGG(mart, ', ' ORDER BY mart) FROM ops.mart WHERE dataset = 'orders'");
        assertThat(database.rows(BOOKS))
                .containsExactly("orders|cafe24-hlogdemo|2026-03-02|marts are older than the load|f|marts|" + behind
                        + ": not built since the load; mart-job build --dataset orders --touched");

        // A load whose reply was lost is run again, and touches no day.
        List<String> waiting = database.rows(BOOKS);
        assertThat(window.load(CleanRow.order("O1", EVENING), CleanRow.item("O1", "O1-1", EVENING)))
                .isEqualTo(ExitCode.DONE);
        assertThat(database.rows(BOOKS)).isEqualTo(waiting);

        database.execute("INSERT INTO ops.rebuilt_day (mart, dataset, business_date, run_id, rebuilt_by)"
                + " SELECT mart, touched.dataset, business_date, run_id, 'build' FROM ops.touched_day AS touched"
                + " JOIN ops.mart_reads AS reading ON reading.dataset = touched.dataset");
        assertThat(database.rows(BOOKS)).containsExactly("orders|cafe24-hlogdemo|2026-03-02|balances|t||");

        window.publish(CleanRow.order("O2", EVENING));
        assertThat(database.rows(BOOKS))
                .containsExactly("orders|cafe24-hlogdemo|2026-03-02|load is older than the check|f|load marts|"
                        + "cafe24-hlogdemo: checked and not loaded since; load-job orders --account cafe24-hlogdemo"
                        + " --ds 2026-03-02");
    }

    @Test
    void aWindowThatCouldNotBeReadIsNotLoadedAndNamesTheCommand(TestDatabase database) {
        database.execute("INSERT INTO ops.pipeline_run_log (run_id, job, dataset, slice, business_date, attempt, token,"
                + " status, version, started_at) VALUES ('r1', 'extract-job', 'orders', 'cafe24-hlogdemo.reconcile',"
                + " '2026-03-02', '1', 1, 'failed', 'test', NOW())");

        assertThat(database.rows(BOOKS))
                .containsExactly("orders|cafe24-hlogdemo.reconcile|2026-03-02|not loaded|f|run|cafe24-hlogdemo: no"
                        + " extraction ended well; extract-job orders --account cafe24-hlogdemo --ds 2026-03-02"
                        + " --reconcile");
    }
}
