package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Twenty people ask for one account's orders at once. */
@ExtendWith(PostgresExtension.class)
class ManyAtOnceTest {
    private static final int PEOPLE = 20;
    private static final String NOW = "2026-03-10T04:10:00+09:00";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneWorksAndAllSeeItsResult(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.resetSmall(NOW), TestSandbox.SMALL);

        List<JsonNode> summaries = together(mall, ExitCode.DONE);

        assertThat(database.rows("SELECT status, facts ->> 'calls' FROM ops.pipeline_run_log"))
                .containsExactly("done|" + calls());
        assertThat(summaries)
                .extracting(summary -> summary.get("run_id").asString())
                .containsOnly(database.value("SELECT run_id FROM ops.pipeline_run_log"));
        assertThat(summaries)
                .extracting(summary -> summary.get("rows").asInt())
                .containsOnly(mall.landed("orders").size());
        assertThat(summaries).filteredOn(summary -> summary.has("joined")).hasSize(PEOPLE - 1);

        // Who asks afterwards asks anew.
        assertThat(mall.runs()
                        .join(mall.source(), "orders", mall.today(), System.nanoTime())
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(database.value("SELECT count(*) FROM ops.pipeline_run_log")).isEqualTo("2");
    }

    @Test
    void aFailureIsOneForAll(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.resetSmall(NOW), TestSandbox.SMALL);
        TestSandbox.fault("cafe24", "/admin/", "html_200", 1, 3);

        List<JsonNode> summaries = together(mall, ExitCode.FAILED);

        assertThat(calls()).isEqualTo(4);
        assertThat(summaries)
                .extracting(summary -> summary.get("message").asString())
                .allMatch(message -> message.startsWith("SCHEMA: "));
    }

    private static List<JsonNode> together(DemoMall mall, ExitCode expected) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        List<JsonNode> summaries = new ArrayList<>();
        try {
            long asked = System.nanoTime();
            List<Future<ShopRuns.Joined>> runs = new ArrayList<>();
            for (int person = 0; person < PEOPLE; person++) {
                runs.add(threads.submit(() -> mall.runs().join(mall.source(), "orders", mall.today(), asked)));
            }
            for (Future<ShopRuns.Joined> run : runs) {
                ShopRuns.Joined joined = run.get(2, TimeUnit.MINUTES);
                assertThat(joined.code()).isEqualTo(expected);
                summaries.add(Json.mapper().readTree(joined.summary()));
            }
        } finally {
            threads.shutdownNow();
        }
        return summaries;
    }

    /** Of the mall's methods, made since the reset. */
    private static long calls() {
        return TestSandbox.get("/journal?after=0")
                .get("entries")
                .valueStream()
                .filter(call -> call.get("path").asString().contains("/admin/"))
                .count();
    }
}
