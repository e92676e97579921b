package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The job as the process that ships. */
@ExtendWith(PostgresExtension.class)
class MartProcessIT {
    private static final String JAR =
            Path.of("target", "mart-job.jar").toAbsolutePath().toString();
    private static final String ORDERS = "SELECT order_id, total_amount FROM mart.mart_orders ORDER BY 1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theJarBuildsAllMartsFromAnyFolder(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(RawDays.DAY, 2);

        Process process = start(database, "build", "--mart", "all", "--parallel", "2", "--ds", "2026-01-15");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
        List<String> lines = output().lines().toList();
        JsonNode summary = Json.mapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.get("slice").stringValue()).isEqualTo("all");
        assertThat(summary.get("status").stringValue()).isEqualTo("done");
        assertThat(summary.get("marts")
                        .valueStream()
                        .map(mart -> mart.get("mart").stringValue() + " "
                                + mart.get("status").stringValue()))
                .containsExactly(
                        "mart_funnel_daily done",
                        "mart_orders done",
                        "mart_product_daily done",
                        "mart_user_daily done");
        assertThat(database.rows("SELECT slice, status FROM ops.v_runs ORDER BY 1"))
                .containsExactly(
                        "mart_funnel_daily|done",
                        "mart_orders|done",
                        "mart_product_daily|done",
                        "mart_user_daily|done");
    }

    @Test
    void aJobKilledMidwayChangesNothingAndTheNextRunIsWhole(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(RawDays.DAY, 2);
        assertThat(start(database, "build", "--mart", "mart_orders", "--ds", "2026-01-15")
                        .waitFor())
                .isZero();
        List<String> before = database.rows(ORDERS);
        database.execute("UPDATE raw.raw_events SET total_amount = total_amount + 1");

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The delete of the day waits for this row, so the job is in the middle of its transaction.
            statement.execute("SELECT 1 FROM mart.mart_orders WHERE order_id = 'ORD2' FOR UPDATE");
            Process killed = start(database, "build", "--mart", "mart_orders", "--ds", "2026-01-15");
            awaitDelete(database);
            killed.destroyForcibly().waitFor();
            connection.rollback();
        }

        assertThat(database.rows(ORDERS)).isEqualTo(before);
        Process next = start(database, "build", "--mart", "mart_orders", "--ds", "2026-01-15");
        assertThat(next.waitFor()).as(output()).isZero();
        assertThat(database.rows(ORDERS)).containsExactly("ORD1|101.00", "ORD2|201.00");
        assertThat(database.rows("SELECT status FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("done", "killed", "done");
    }

    private Process start(TestDatabase database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(database.environment());
        builder.environment().put("TZ", "America/New_York");
        File out = folder.resolve("out.txt").toFile();
        return builder.redirectErrorStream(true).redirectOutput(out).start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private static void awaitDelete(TestDatabase database) throws InterruptedException {
        for (int attempt = 0; attempt < 600; attempt++) {
            if (!database.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DELETE FROM mart.%'"
                            + " AND wait_event_type = 'Lock' AND datname = current_database()")
                    .isEmpty()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the job did not come to its delete");
    }
}
