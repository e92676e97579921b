package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a process. */
@ExtendWith(PostgresExtension.class)
class TransformJobIT {
    private static final String VIEW = "{\"event_id\":\"00000000-0000-4000-8000-%012x\",\"event_type\":\"page_view\","
            + "\"user_id\":\"U1\",\"session_id\":\"S1\",\"timestamp\":\"2026-01-15T10:00:00\",\"platform\":\"web\","
            + "\"device_type\":\"desktop\",\"page_url\":\"/\",\"page_type\":\"home\"}\n";
    private static final int HUNDRED_MEGABYTES = 100 << 20;

    @TempDir
    private Path root;

    @Test
    void hundredMegabytesInOneLineFitIntoAHalfGigabyte(TestDatabase database) throws Exception {
        JobFixture fixture = new JobFixture(database, root);
        byte[] good = String.format(VIEW, 1).getBytes(StandardCharsets.UTF_8);
        byte[] landing = Arrays.copyOf(good, good.length + HUNDRED_MEGABYTES);
        Arrays.fill(landing, good.length, landing.length, (byte) 'x');
        fixture.land(Map.of("part-00000.jsonl", landing), "default");
        JobJar.Ended ended = job(database).withJvmOptions("-Xmx512m").run(arguments());
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isEqualTo(10);
        assertThat(ended.lastLine()).contains("\"status\":\"quality_failed\"").contains("\"rows\":1,\"rejected\":1");
        assertThat(JobFixture.content(fixture.rejects()))
                .hasSizeLessThan(67_000)
                .contains("line: 104857600 bytes (expected: at most 1048576)")
                .contains("\"raw_bytes\":104857600,\"raw_sha256\":\"");
    }

    @Test
    void dryRunSaysWhatItWouldDoAndDoesNothing(TestDatabase database) throws Exception {
        JobFixture fixture = new JobFixture(database, root);
        fixture.land(String.format(VIEW, 1).strip());
        JobJar.Ended ended =
                job(database).run("events", "--ds", "2026-01-15", "--workspace", root.toString(), "--dry-run");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
                .isEqualTo("would check 1 lines in 1 files of " + root.resolve("landing/events/2026-01-15")
                        + " by contract default, and write clean, rejects and "
                        + root.resolve("reports/quality/events/2026-01-15.json") + "; nothing done\n");
        assertThat(root.resolve("clean")).doesNotExist();
    }

    @Test
    void wrongArgumentsAreOneLineAndExitTwo(TestDatabase database) {
        JobJar job = job(database);
        assertThat(job.run("events", "--ds", "2026-02-30").error())
                .isEqualTo("--ds: 2026-02-30 (expected: a date such as 2026-01-15)\n");
        assertThat(job.run("order", "--ds", "2026-01-15").error())
                .isEqualTo(
                        "dataset: order (expected: events, orders, refunds, products, coupons, web-traffic, card-sales)\n");
        assertThat(job.run("orders", "--ds", "2026-01-15").error())
                .isEqualTo("--account: none (expected: an account such as cafe24-hlogdemo)\n");
        assertThat(job.run("events", "--account", "cafe24-a", "--ds", "2026-01-15")
                        .error())
                .isEqualTo("--account: cafe24-a (expected: none, for events are of the whole shop)\n");
        JobJar.Ended contract = job.run("events", "--ds", "2026-01-15", "--contract", "nope");
        assertThat(contract.exitCode()).isEqualTo(2);
        assertThat(contract.error()).startsWith("--contract: nope (expected: one of default, ");
    }

    @Test
    void wrongArgumentsOfAReplayAreOneLineAndExitTwo(TestDatabase database) throws Exception {
        JobJar job = job(database);
        Path mapping = Files.writeString(root.resolve("fix.yml"), "rules: [{field: a, put: 1}]");
        assertThat(job.run("replay", "events", "--ds", "2026-01-15", "--reason", "quantity")
                        .error())
                .isEqualTo("--reason: quantity (expected: one of required_fields, unique_event_id, value_range,"
                        + " funnel_sequence, timestamp_valid, order_amount, platform_device)\n");
        assertThat(job.run("replay", "events", "--ds", "2026-01-15", "--mapping", mapping.toString())
                        .error())
                .isEqualTo("--mapping " + mapping
                        + ": rules[1]: put (expected: when, field, set, map, replace, number, remove, rename)\n");
        assertThat(job.run("replay", "events", "--ds", "2026-01-15", "--why", "a\nb")
                        .error())
                .isEqualTo("--why: 3 characters (expected: one line of 500 characters at most)\n");
        JobJar.Ended both =
                job.run("replay", "events", "--ds", "2026-01-15", "--discard", "--mapping", mapping.toString());
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.error())
                .isEqualTo("--discard: beside --mapping or --reason (expected: alone; replay again after it)\n");
        JobJar.Ended orders = job.run("replay", "orders", "--account", "cafe24-a", "--ds", "2026-01-15");
        assertThat(orders.exitCode()).isEqualTo(2);
        assertThat(orders.error())
                .isEqualTo("dataset: orders (expected: events; what was rejected of an account is put right at the"
                        + " platform, and a later window reads it again)\n");
        assertThat(job.run("replay", "events", "--account", "cafe24-a", "--ds", "2026-01-15")
                        .error())
                .isEqualTo("--account: cafe24-a (expected: none, for events are of the whole shop)\n");
    }

    @Test
    void workspaceThatCannotBeWrittenIsOneLine(TestDatabase database) throws Exception {
        JobFixture fixture = new JobFixture(database, root);
        fixture.land(String.format(VIEW, 1).strip());
        Files.writeString(root.resolve("clean"), "a file where a folder should be");
        JobJar.Ended ended = job(database).run(arguments());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lastLine()).contains("\"message\":\"cannot write " + root.resolve("clean"));
        assertThat(ended.output()).doesNotContain("\tat ");
    }

    private JobJar job(TestDatabase database) {
        Map<String, String> settings = new HashMap<>(database.environment());
        settings.put("TZ", "America/New_York");
        return JobJar.of("transform-job").with(settings);
    }

    private String[] arguments() {
        return new String[] {"events", "--ds", "2026-01-15", "--workspace", root.toString()};
    }
}
