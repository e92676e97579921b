package dev.jangbu.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.SampleData;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The job as the orchestrator runs it: the packaged jar, a process of its own. */
@ExtendWith(PostgresExtension.class)
class ExtractJobIT {
    private static final Path JAR = Path.of("target", "extract-job.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private record Ended(int exitCode, List<String> out, List<String> err) {
        JsonNode summary() {
            return Json.mapper().readTree(out.get(out.size() - 1));
        }
    }

    @Test
    void aSimulatedDayIsLanded(TestDatabase database) throws Exception {
        Ended ended = run(database.environment(), "events --ds 2026-01-15 --source simulator --users 200 --gzip");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.summary().get("status").stringValue()).isEqualTo("done");
        Manifest manifest = landing("2026-01-15");
        assertThat(ended.summary().get("rows").longValue()).isEqualTo(manifest.rows());
        assertThat(manifest.files()).singleElement().satisfies(part -> assertThat(part.path())
                .endsWith("/part-00000.jsonl.gz"));
    }

    @Test
    void theJarGivesTheSameBytesInAnyZoneAndLanguage(TestDatabase database) throws Exception {
        String day = "events --ds 2026-01-15 --source simulator --users 200 --seed 42 --defects 0.02";
        run(database.environment(), day);
        String here = landing("2026-01-15").files().get(0).sha256();

        Ended ended = runJava(
                List.of(
                        "-Duser.timezone=America/New_York",
                        "-Duser.language=th",
                        "-Duser.country=TH",
                        "-Dfile.encoding=US-ASCII"),
                database.environment(),
                day);

        assertThat(ended.exitCode()).isZero();
        assertThat(landing("2026-01-15").files().get(0).sha256()).isEqualTo(here);
    }

    @Test
    void realFilesAreLandedByTheirMapping(TestDatabase database) throws Exception {
        Path rees46 = SampleData.require("rees46/2019-Oct-part1.csv.gz");

        Ended ended =
                run(database.environment(), "events --ds 2019-10-01 --source files --mapping rees46 --input " + rees46);

        assertThat(ended.exitCode()).isZero();
        assertThat(landing("2019-10-01").rows()).isEqualTo(9_000);
        assertThat(landing("2019-10-01").profile()).isEqualTo("rees46");
    }

    @Test
    void aRangeOfDaysIsLandedDayByDay(TestDatabase database) throws Exception {
        Ended ended =
                run(database.environment(), "events --from 2026-01-15 --to 2026-01-16 --source simulator --users 10");

        assertThat(ended.exitCode()).isZero();
        assertThat(landing("2026-01-15").rows()).isPositive();
        assertThat(landing("2026-01-16").rows()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events --source simulator --ds 2026-02-30 | --ds: 2026-02-30 (expected: a date such as 2026-01-15)",
                "events --source simulator | which day? (expected: --ds 2026-01-15, or --from 2026-01-01 --to 2026-01-31)",
                "clicks --account a --ds 2026-01-15 | dataset: clicks (expected: events, card-sales, coupons, orders, products, refunds, web-traffic)",
                "orders --ds 2026-01-15 | --account: missing (expected: one that accounts list shows)",
                "orders --account a --ds 2026-01-15 | JANGBU_CREDENTIAL_KEY_FILE: not set (expected: the key's file, made by extract-job accounts key --new FILE)",
                "orders --account a --ds 2026-01-15 --users 5 | --users: given with orders (expected: with events)",
                "orders --account a --ds 2026-01-15 --reconcile --from-date 2026-01-01 | --from-date: given with --reconcile (expected: one of them; it reads 90 days)",
                "events --source simulator --ds 2026-01-15 --account a | --account: given with --source simulator (expected: a shop's dataset, such as orders)",
                "events --source kafka --ds 2026-01-15 | --source: kafka (expected: simulator or files)",
                "events --ds 2026-01-15 | --source: missing (expected: simulator or files)",
                "events --source files --ds 2026-01-15 --input gone.csv --mapping rees46 | --input: gone.csv (expected: an existing file, or a folder with files)",
                "events --source files --ds 2026-01-15 --input gone.csv --mapping rees47 | --mapping: rees47 (expected: ga4, online-retail, purchase-cards, rees46, retailrocket, or the path of a file)",
                "events --source files --ds 2026-01-15 --input gone.csv --profile ../x | --profile: ../x (expected: lower-case letters, digits and dashes)",
                "events --source files --ds 2026-01-15 --input gone.csv --users 5 | --users: given with --source files (expected: --source simulator)",
                "events --source simulator --ds 2026-01-15 --input x | --input: given with --source simulator (expected: --source files)",
                "events --source simulator --ds 2026-01-15 --users many | Invalid value for option '--users': 'many' is not an int",
                "events --source simulator --ds 2026-01-15 --users 0 | --users: 0 (expected: 1..999999)",
            })
    void wrongArgumentsAreOneLineAndExitCodeTwoWithoutADatabase(String arguments, String message) throws Exception {
        Ended ended = run(Map.of(), arguments);

        assertThat(ended.err().get(0)).isEqualTo(message);
        assertThat(ended.err()).hasSizeLessThanOrEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void helpVersionAndDryRunNeedNoDatabase() throws Exception {
        assertThat(run(Map.of(), "--help").out())
                .contains("Brings one business day of a source into the landing, as raw JSON Lines.");
        assertThat(run(Map.of(), "--version").out()).hasSize(1);
        Ended dry = run(Map.of(), "events --ds 2026-01-15 --source simulator --dry-run");

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .containsExactly("would extract events of 2026-01-15 from simulator users=500 seed=7 defects=0.0,"
                        + " profile default, into " + folder.resolve("landing/events/2026-01-15"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDatabaseNeverMigratedIsExitCodeTwo(@Unmigrated TestDatabase database) throws Exception {
        Ended ended = run(database.environment(), "events --ds 2026-01-15 --source simulator");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.summary().get("message").stringValue()).startsWith("the database was never migrated");
        assertThat(folder.resolve("landing")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsAwayIsExitCodeEleven() throws Exception {
        Ended ended = run(
                Map.of("JANGBU_DB_URL", "jdbc:postgresql://localhost:1/none", "JANGBU_DB_WAIT_SECONDS", "0"),
                "events --ds 2026-01-15 --source simulator");

        assertThat(ended.exitCode()).isEqualTo(11);
    }

    @Test
    void twoAtOnceAndAKillLeaveNothingHalfDone(TestDatabase database) throws Exception {
        String large = "events --ds 2026-01-15 --source simulator --users 999999 --gzip";
        Process first = start(List.of(), database.environment(), large);
        awaitLanding();

        Ended second = run(database.environment(), "events --ds 2026-01-15 --source simulator --users 5");
        first.destroyForcibly().waitFor();

        assertThat(second.exitCode()).isEqualTo(12);
        assertThat(second.summary().get("message").stringValue())
                .startsWith("extract-job/events/all/2026-01-15: held by run ");
        assertThat(folder.resolve("landing/events/2026-01-15/manifest.json")).doesNotExist();

        Ended third = run(database.environment(), "events --ds 2026-01-15 --source simulator --users 50");
        assertThat(third.exitCode()).isZero();
        assertThat(landing("2026-01-15").rows()).isPositive();
    }

    private void awaitLanding() throws Exception {
        for (int tries = 0; tries < 600 && !Files.exists(folder.resolve("landing/events/2026-01-15")); tries++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Manifest landing(String day) {
        return new Workspace(folder)
                .landing("events", "all", LocalDate.parse(day))
                .read("no remedy");
    }

    private Ended run(Map<String, String> environment, String arguments) throws Exception {
        return runJava(List.of(), environment, arguments);
    }

    private Ended runJava(List<String> options, Map<String, String> environment, String arguments) throws Exception {
        Process process = start(options, environment, arguments);
        List<String> err = new ArrayList<>();
        Thread reader = new Thread(() -> err.addAll(lines(process.errorReader(UTF_8))), "stderr");
        reader.start();
        List<String> out = lines(process.inputReader(UTF_8));
        reader.join();
        return new Ended(process.waitFor(), out, err);
    }

    private Process start(List<String> options, Map<String, String> environment, String arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        builder.environment().put("JANGBU_WORKSPACE", folder.toString());
        return builder.directory(folder.toFile()).start();
    }

    private static List<String> lines(BufferedReader reader) {
        return reader.lines().toList();
    }
}
