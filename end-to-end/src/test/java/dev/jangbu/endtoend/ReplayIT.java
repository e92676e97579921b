package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A thousand poisoned rows, corrected and replayed: the tables are those of a day that was never poisoned. */
@ExtendWith(PostgresExtension.class)
class ReplayIT {
    private static final String DS = "2026-01-15";
    private static final int POISONED = 1_000;
    private static final int KILLS = 4;
    private static final long SEED = 20_260_115;

    @TempDir
    private Path workspace;

    @Test
    void aReplayedDayEndsAsOneThatWasNeverPoisonedAlsoWhereReplaysWereKilled(
            TestDatabase clean, TestDatabase poisoned, TestDatabase killed) throws Exception {
        Pipeline never = simulated(clean, "never");
        never.transform(DS);
        finish(never);
        Map<String, String> expected = never.checksums();
        List<String> cleanFiles = cleanFiles(never);

        Pipeline replayed = poisoned(poisoned, "replayed");
        long millis = replay(replayed, "put 1,000");
        finish(replayed);
        assertThat(cleanFiles(replayed)).isEqualTo(cleanFiles);
        assertThat(replayed.checksums()).as("seed %d", SEED).isEqualTo(expected);
        replay(replayed, "again");
        finish(replayed);
        assertThat(cleanFiles(replayed)).isEqualTo(cleanFiles);
        assertThat(replayed.checksums()).as("seed %d, again", SEED).isEqualTo(expected);
        assertThat(poisoned.rows("SELECT requested_by, reason_for, selected, corrected, accepted, still_rejected,"
                        + " in_force, verdict FROM ops.replay_log ORDER BY token"))
                .containsExactly("on call|put 1,000|1000|1000|1000|0|1000|pass", "on call|again|0|0|0|0|1000|pass");
        assertThat(poisoned.value("SELECT BOOL_AND(lines_read = clean + rejected AND rejected = 0) FROM ops.load_log"))
                .isEqualTo("t");

        Pipeline shot = poisoned(killed, "killed");
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            JobJar.Running running = shot.start("transform-job", arguments(shot, "killed"));
            running.process().waitFor(random.nextLong(millis), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly().waitFor();
        }
        replay(shot, "the last one");
        finish(shot);
        assertThat(cleanFiles(shot)).as("seed %d, killed", SEED).isEqualTo(cleanFiles);
        assertThat(shot.checksums()).as("seed %d, killed", SEED).isEqualTo(expected);
        assertThat(killed.rows("SELECT job FROM ops.pipeline_run_log WHERE status = 'running'"))
                .isEmpty();
    }

    private Pipeline simulated(TestDatabase database, String name) {
        Pipeline pipeline = new Pipeline(database, workspace.resolve(name));
        pipeline.simulate(DS, "--users", "5000");
        return pipeline;
    }

    private Pipeline poisoned(TestDatabase database, String name) throws IOException {
        Pipeline pipeline = simulated(database, name);
        int kinds = new PoisonedLanding(pipeline.workspace(), DS, SEED).poison(POISONED);
        assertThat(kinds).as("seed %d", SEED).isEqualTo(8);
        Files.writeString(pipeline.workspace().resolve("fix.yml"), PoisonedLanding.FIX);
        pipeline.expect(10, "transform-job", "events", "--ds", DS);
        assertThat(database.value("SELECT COUNT(*) FROM ops.rejected_record")).isEqualTo("1000");
        return pipeline;
    }

    private static long replay(Pipeline pipeline, String why) {
        long start = System.nanoTime();
        pipeline.expect(0, "transform-job", arguments(pipeline, why));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static String[] arguments(Pipeline pipeline, String why) {
        String mapping = pipeline.workspace().resolve("fix.yml").toString();
        return new String[] {
            "replay", "events", "--ds", DS, "--mapping", mapping, "--why", why, "--by", "on call",
        };
    }

    private static void finish(Pipeline pipeline) {
        pipeline.load(DS);
        pipeline.marts(DS);
    }

    /** The hashes of the published clean files. */
    private static List<String> cleanFiles(Pipeline pipeline) throws IOException {
        Path manifest = pipeline.workspace().resolve("clean/events/" + DS + "/manifest.json");
        List<String> hashes = new ArrayList<>();
        for (JsonNode file :
                Json.mapper().readTree(Files.readAllBytes(manifest)).get("files")) {
            hashes.add(file.get("sha256").stringValue());
        }
        return hashes;
    }
}
