package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each call of a run fails once, the first, the second, to the last: the landing is the undisturbed one, or none. */
@ExtendWith(PostgresExtension.class)
class CallSweepTest {
    /** Some calls more than a run makes are tried: those faults never strike. */
    private static final int BEYOND = 1;

    @TempDir
    private Path folder = Path.of("");

    /** What passes is waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"drop_before_response", "status:503", "expire_token_mid_paging"})
    void whatPassesChangesNothing(String kind, TestDatabase database) throws Exception {
        List<JsonNode> undisturbed = undisturbed(database);

        for (int call = 0; call < calls + BEYOND; call++) {
            DemoMall mall = mall(database, kind + call);
            TestSandbox.fault("cafe24", "/admin/", kind, 1, call);

            assertThat(mall.run("orders")).as("%s at call %d", kind, call).isEqualTo(ExitCode.DONE);

            assertThat(mall.landed("orders")).as("%s at call %d", kind, call).isEqualTo(undisturbed);
        }
    }

    /** What cannot be right is never half landed, and the next run is whole. */
    @ParameterizedTest
    @ValueSource(strings = {"truncated_json"})
    void whatCannotBeRightLandsNothing(String kind, TestDatabase database) throws Exception {
        List<JsonNode> undisturbed = undisturbed(database);

        for (int call = 0; call < calls; call++) {
            DemoMall mall = mall(database, kind + call);
            TestSandbox.fault("cafe24", "/admin/", kind, 1, call);

            assertThat(mall.run("orders")).as("%s at call %d", kind, call).isEqualTo(ExitCode.FAILED);

            assertThat(mall.runs().landing("orders", mall.today()).manifestFile())
                    .as("%s at call %d", kind, call)
                    .doesNotExist();
            assertThat(mall.run("orders")).as("after %s at call %d", kind, call).isEqualTo(ExitCode.DONE);
            assertThat(mall.landed("orders"))
                    .as("after %s at call %d", kind, call)
                    .isEqualTo(undisturbed);
        }
    }

    private int calls;

    private List<JsonNode> undisturbed(TestDatabase database) throws Exception {
        DemoMall mall = mall(database, "undisturbed");
        assertThat(mall.run("orders")).isEqualTo(ExitCode.DONE);
        calls = mall.count("calls");
        assertThat(calls).isGreaterThan(12);
        return mall.landed("orders");
    }

    /** The same instant each time, with three days behind it that are loaded. */
    private DemoMall mall(TestDatabase database, String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name.replace(':', '-')));
        Path key = folder.resolve("undisturbed").resolve("key");
        if (Files.exists(key)) {
            Files.copy(key, own.resolve("key"));
        }
        DemoMall mall = DemoMall.open(database, own, TestSandbox.reset("default", "2026-03-02T04:10:00+09:00"));
        database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id)"
                + " VALUES ('orders', 'cafe24-hlogdemo', '2026-03-01T12:00:00Z', 'before') ON CONFLICT DO NOTHING");
        return mall;
    }
}
