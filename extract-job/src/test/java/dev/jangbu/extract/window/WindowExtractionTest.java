package dev.jangbu.extract.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class WindowExtractionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T00:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRunPublishesTheAccountsLanding(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database);
        database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id)"
                + " VALUES ('orders', 'cafe24-hlogdemo', '2026-03-01T00:00:00Z', 'r')");

        assertThat(runs.run(new OneRecord(null), "orders", DAY)).isEqualTo(ExitCode.DONE);

        Manifest manifest = runs.landing("orders", DAY).read("no remedy");
        assertThat(manifest.source()).isEqualTo("one-record");
        assertThat(manifest.slice()).isEqualTo("cafe24-hlogdemo");
        assertThat(manifest.windowFrom()).hasToString("2026-03-01T00:00:00Z");
        assertThat(manifest.windowTo()).hasToString("2026-03-01T23:58:00Z");
        assertThat(manifest.counts()).isEqualTo(Map.of("calls", 1L));
        Path part = runs.landing("orders", DAY)
                .path()
                .resolve(manifest.files().get(0).path());
        assertThat(Files.readAllLines(part))
                .containsExactly("{\"observed_at\":\"2026-03-02T00:00:00Z\",\"record\":{\"order_id\":\"1\"}}");
        assertThat(runs.lastLine()).contains("\"calls\":1", "\"status\":\"done\"");
    }

    @Test
    void aReconcileIsASliceOfItsOwn(TestDatabase database) {
        ShopRuns runs = runs(database);

        assertThat(runs.run(
                        new OneRecord(null), "orders", DAY, new WindowOptions("cafe24-hlogdemo", true, null), CLOCK))
                .isEqualTo(ExitCode.DONE);

        assertThat(runs.workspace()
                        .landing("orders", "cafe24-hlogdemo.reconcile", DAY)
                        .read("no remedy")
                        .windowFrom())
                .hasToString("2025-12-01T15:00:00Z");
    }

    @Test
    void anAccountWhoseOwnerMustActIsMarkedAndLeftOutUntilThen(TestDatabase database) {
        ShopRuns runs = runs(database);

        assertThat(runs.run(
                        new OneRecord(new NeedsAttention(Attention.SCOPE, "mall.read_order is missing")),
                        "orders",
                        DAY))
                .isEqualTo(ExitCode.FAILED);
        assertThat(runs.lastLine())
                .contains(
                        "\"needs_attention\":\"SCOPE\"",
                        "account cafe24-hlogdemo needs attention: SCOPE, mall.read_order is missing; grant the app");
        assertThat(database.rows("SELECT status, needs_attention_reason FROM ops.account"))
                .containsExactly("NEEDS_ATTENTION|SCOPE");

        assertThat(runs.run(new OneRecord(null), "orders", DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(runs.lastLine()).contains("\"skipped\":\"needs attention: SCOPE\"");
        assertThat(runs.landing("orders", DAY).manifest()).isEmpty();
    }

    @Test
    void aFailureLeavesTheLandingBeforeItAsItWas(TestDatabase database) {
        ShopRuns runs = runs(database);
        runs.run(new OneRecord(null), "orders", DAY);
        Manifest before = runs.landing("orders", DAY).read("no remedy");

        assertThat(runs.run(
                        new OneRecord(new JobFailure(ExitCode.UNAVAILABLE, "the platform went away")), "orders", DAY))
                .isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(runs.landing("orders", DAY).read("no remedy")).isEqualTo(before);
    }

    @Test
    void ordersThatMayStillChangeAreKnown(TestDatabase database) {
        ShopRuns runs = runs(database);
        LoadedRows rows = new LoadedRows(database);
        rows.order("open", "2026-02-01T00:00:00Z", "SHIPPING", null);
        rows.order("held", "2026-02-01T00:00:00Z", "RETURN_REQUESTED", "REQUESTED");
        rows.order("done", "2026-02-01T00:00:00Z", "CONFIRMED", null);
        rows.order("old", "2025-11-01T00:00:00Z", "SHIPPING", null);

        assertThat(runs.run(new OpenOrders(), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(runs.records("orders", DAY)).containsExactly("{\"order_id\":\"held\"}", "{\"order_id\":\"open\"}");
    }

    private ShopRuns runs(TestDatabase database) {
        return ShopRuns.of(database, folder, CLOCK);
    }

    private record Order(String orderId) {}

    /** Lands one record, then fails. */
    private record OneRecord(@Nullable Exception failure) implements ShopSource {
        @Override
        public String name() {
            return "one-record";
        }

        @Override
        public Set<String> datasets() {
            return Set.of("orders");
        }

        @Override
        public String plan() {
            return "nothing";
        }

        @Override
        public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
                throws NeedsAttention {
            landing.write(new Order("1"), access.clock().instant());
            if (failure instanceof NeedsAttention refusal) {
                throw refusal;
            }
            if (failure instanceof RuntimeException defect) {
                throw defect;
            }
            return Map.of("calls", 1L);
        }
    }

    /** Lands the ids that it is told to look after. */
    private record OpenOrders() implements ShopSource {
        @Override
        public String name() {
            return "open-orders";
        }

        @Override
        public Set<String> datasets() {
            return Set.of("orders");
        }

        @Override
        public String plan() {
            return "nothing";
        }

        @Override
        public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
                throws SQLException {
            access.openOrders().forEach(id -> landing.write(new Order(id), window.to()));
            return Map.of();
        }
    }
}
