package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.fix.FixReader;
import dev.jangbu.transform.replay.ReplayOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Rejected lines corrected and done again, against a real database. */
@ExtendWith(PostgresExtension.class)
class ReplayTest {
    private static final String PLATFORM = "rules: [{when: {check: value_range}, field: platform, map: {WEB: web}}]";

    @TempDir
    private Path root;

    private JobFixture fixture;

    @BeforeEach
    void prepare(TestDatabase database) {
        fixture = new JobFixture(database, root);
    }

    @Test
    void aCorrectedDayIsTheDayThatWasNeverPoisonedHoweverOftenItIsReplayed() throws IOException {
        fixture.land(good(1), good(2), "", good(3), good(4));
        fixture.run();
        String never = JobFixture.content(fixture.clean());
        fixture.land(good(1), bad(2), "", bad(3), good(4));
        assertThat(fixture.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);

        JobFixture.Ended first = fixture.replay(by(PLATFORM));
        String once = JobFixture.content(fixture.clean());
        String corrections = JobFixture.content(fixture.corrections());
        JobFixture.Ended second = fixture.replay(by(PLATFORM));

        assertThat(first.code()).isEqualTo(ExitCode.DONE);
        assertThat(first.summary().get("replayed").stringValue())
                .isEqualTo("2 of 2 selected lines put right; 2 of 2 are clean now, 0 still rejected");
        assertThat(first.summary().get("corrected").intValue()).isEqualTo(2);
        assertThat(once).isEqualTo(never);
        assertThat(second.code()).isEqualTo(ExitCode.DONE);
        assertThat(second.summary().get("replayed").stringValue())
                .isEqualTo("no rejected line is selected, so nothing was corrected anew; checked again with 2"
                        + " corrections in force");
        assertThat(JobFixture.content(fixture.clean())).isEqualTo(never);
        assertThat(JobFixture.content(fixture.corrections()))
                .isEqualTo(corrections)
                .hasLineCount(2);
        assertThat(JobFixture.content(fixture.rejects())).isEmpty();
        assertThat(fixture.database().rows("SELECT * FROM ops.rejected_record")).isEmpty();
        assertThat(fixture.database()
                        .rows("SELECT requested_by, reason_for, filter, mapping, LENGTH(mapping_sha256), selected,"
                                + " corrected, accepted, still_rejected, newly_rejected, in_force, verdict,"
                                + " published_at IS NOT NULL FROM ops.replay_log ORDER BY token"))
                .containsExactly(
                        "tester|a test|all|fix.yml|64|2|2|2|0|0|2|pass|t",
                        "tester|a test|all|fix.yml|64|0|0|0|0|0|2|pass|t");
    }

    @Test
    void correctionsStayInForceForEveryLaterRunAndTheBooksCountEachLineOnce() throws IOException {
        fixture.land(good(1), bad(2), good(3));
        fixture.run();
        fixture.replay(by(PLATFORM));

        JobFixture.Ended later = fixture.run();

        assertThat(later.code()).isEqualTo(ExitCode.DONE);
        assertThat(later.summary().get("corrected").intValue()).isEqualTo(1);
        assertThat(later.summary().get("stale_corrections").intValue()).isZero();
        assertThat(fixture.clean().read("").counts()).isEqualTo(Map.of("lines", 3L, "rejected", 0L, "corrected", 1L));
        assertThat(fixture.report().get("files").get(0).toString())
                .contains("\"counted\":3,\"clean\":3,\"rejected\":0,\"corrected\":1");
    }

    @Test
    void theLandingStaysAsItIs() throws IOException {
        fixture.land(good(1), bad(2));
        Path part = root.resolve("landing/events/2026-01-15/20260116T000000000Z-00000000/part-00000.jsonl");
        byte[] before = Files.readAllBytes(part);
        fixture.run();
        fixture.replay(by(PLATFORM));
        assertThat(part).hasBinaryContent(before);
    }

    @Test
    void onlyLinesOfTheReasonAreSelected() throws IOException {
        fixture.land(good(1), bad(2), "{", bad(3).replace("10:00", "25:00"));
        fixture.run();

        JobFixture.Ended ended = fixture.replay(new ReplayOptions(
                List.of(Check.TIMESTAMP_VALID),
                fix("rules: [{field: timestamp, set: '2026-01-15T10:00:00'}," + " {field: platform, set: web}]"),
                false,
                "tester",
                ""));

        assertThat(ended.summary().get("replay").toString())
                .isEqualTo("{\"filter\":\"timestamp_valid\",\"mapping\":\"fix.yml\",\"selected\":1,\"corrected\":1,"
                        + "\"accepted\":1,\"still_rejected\":0,\"newly_rejected\":0,\"in_force\":1,\"dropped\":0}");
        assertThat(fixture.clean().manifestFile()).doesNotExist();
        assertThat(fixture.database().rows("SELECT line FROM ops.rejected_record ORDER BY line"))
                .containsExactly("2", "3");
    }

    @Test
    void aRepeatIsNotAcceptedHoweverItIsCorrected() throws IOException {
        fixture.land(good(1), bad(1), good(1));
        fixture.run();

        JobFixture.Ended ended = fixture.replay(by("rules: [{field: platform, set: web}, {field: note, set: new}]"));

        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.summary().get("replayed").stringValue())
                .isEqualTo("0 of 2 selected lines put right (2: repeats an event id); 0 of 2 are clean now, 2 still"
                        + " rejected");
        assertThat(fixture.corrections().path()).doesNotExist();
        assertThat(fixture.database()
                        .rows("SELECT selected, corrected, still_rejected, verdict, published_at IS NOT NULL"
                                + " FROM ops.replay_log"))
                .containsExactly("2|0|2|fail|t");
    }

    @Test
    void aCorrectionThatDoesNotHelpIsNotKept() throws IOException {
        String twice = bad(2).replace("desktop", "fridge");
        fixture.land(good(1), twice);
        fixture.run();
        String rejects = JobFixture.content(fixture.rejects());

        JobFixture.Ended ended = fixture.replay(by(PLATFORM));

        assertThat(ended.summary().get("replayed").stringValue())
                .isEqualTo("0 of 1 selected lines put right (1: still failing after the rules); 0 of 1 are clean now, 1"
                        + " still rejected");
        assertThat(JobFixture.content(fixture.rejects())).isEqualTo(rejects).contains("WEB");
    }

    @Test
    void withoutAMappingTheDayIsOnlyCheckedAgain() throws IOException {
        Path loose = Files.writeString(root.resolve("loose.yaml"), """
                profile: loose
                why: a test
                checks:
                  platform_device: {threshold: 0.5, why: a test}
                limits:
                  quantity: {min: -5, max: 99, why: returns}
                """);
        fixture.land(good(1), cart(2, "-2"), good(3));
        assertThat(fixture.run().code()).isEqualTo(ExitCode.QUALITY_FAILED);

        JobFixture.Ended ended = fixture.replay(
                new ReplayOptions(List.of(), null, false, "tester", "the contract was changed"),
                new TransformOptions(loose.toString(), false));

        assertThat(ended.summary().get("replayed").stringValue())
                .isEqualTo("no mapping, so nothing was corrected and the day was only checked again; 1 of 1 are clean"
                        + " now, 0 still rejected");
        assertThat(fixture.database().value("SELECT mapping IS NULL AND accepted = 1 FROM ops.replay_log"))
                .isEqualTo("t");
    }

    @Test
    void aLineThatIsCutOrNotTextInTheRejectsIsFetchedWholeFromTheLanding() throws IOException {
        String tail = "\"padding\":\"" + "p".repeat(100_000) + "\"}";
        String cut = bad(2).replace("\"home\"}", "\"home\"," + tail);
        byte[] notUtf8 =
                bad(3).replace("\"home\"}", "\"home\",\"note\":\"caf\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1);
        fixture.land(
                Map.of(
                        "part-00000.jsonl",
                        JobFixture.joined((good(1) + "\n" + cut + "\n").getBytes(StandardCharsets.UTF_8), notUtf8)),
                "default");
        fixture.run();

        JobFixture.Ended ended = fixture.replay(by("""
                rules:
                - {field: $line, replace: {pattern: '\\uFFFD', with: é}}
                - {field: platform, set: web}
                """));

        assertThat(ended.code()).isEqualTo(ExitCode.DONE);
        assertThat(JobFixture.content(fixture.clean()))
                .contains("p".repeat(100_000))
                .contains("\"\"café\"\"");
    }

    @Test
    void anExtractionOfTheSameLinesKeepsTheCorrectionsAndAChangedLineLosesItsOwn() throws IOException {
        fixture.land(good(1), bad(2), bad(3));
        fixture.run();
        fixture.replay(by(PLATFORM));
        byte[] again =
                (good(1) + "\n" + bad(2) + "\n" + bad(4) + "\n" + good(5) + "\n").getBytes(StandardCharsets.UTF_8);
        fixture.land("20260117T000000000Z-00000000", Map.of("part-00000.jsonl", again), "default");

        JobFixture.Ended replayed = fixture.replay(by(PLATFORM));
        JobFixture.Ended later = fixture.run();

        assertThat(replayed.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(replayed.summary().get("replayed").stringValue())
                .isEqualTo(
                        "no rejected line is selected, so nothing was corrected anew; checked again with 1 corrections"
                                + " in force; 1 lines rejected that were not before; 1 earlier corrections dropped, their lines"
                                + " are others now");
        assertThat(later.summary().get("corrected").intValue()).isEqualTo(1);
        assertThat(fixture.replay(by(PLATFORM)).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void anOrdinaryRunTellsOfCorrectionsThatDoNotFitAndDoesNotUseThem() throws IOException {
        fixture.land(good(1), bad(2), bad(3));
        fixture.run();
        fixture.replay(by(PLATFORM));
        fixture.land(good(1), good(2).replace("home", "cart"), bad(3));

        JobFixture.Ended ended = fixture.run();

        assertThat(ended.summary().get("corrected").intValue()).isEqualTo(1);
        assertThat(ended.summary().get("stale_corrections").intValue()).isEqualTo(1);
        assertThat(ended.output()).doesNotContain("Exception");
        assertThat(JobFixture.content(fixture.clean())).contains(",cart,");
    }

    @Test
    void rejectsOfAnotherLandingAreNotReplayed() throws IOException {
        fixture.land(good(1), bad(2));
        fixture.run();
        fixture.land(
                "20260117T000000000Z-00000000",
                Map.of("part-00000.jsonl", (good(1) + "\n").getBytes(StandardCharsets.UTF_8)),
                "default");

        JobFixture.Ended ended = fixture.replay(by(PLATFORM));

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message())
                .endsWith(
                        "rejected-00000.jsonl: the rejects are not of the landing that is there now; run transform-job"
                                + " for the day first");
    }

    @Test
    void correctionsCanBeTakenBack() throws IOException {
        fixture.land(good(1), bad(2));
        fixture.run();
        String rejects = JobFixture.content(fixture.rejects());
        fixture.replay(by(PLATFORM));

        JobFixture.Ended ended = fixture.replay(new ReplayOptions(List.of(), null, true, "tester", "was wrong"));

        assertThat(ended.code()).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(ended.summary().get("replayed").stringValue())
                .isEqualTo(
                        "all corrections of the day taken back; checked again as the landing has it; 1 lines rejected"
                                + " that were not before");
        assertThat(JobFixture.content(fixture.rejects())).isEqualTo(rejects);
        assertThat(fixture.corrections().read("").rows()).isZero();
        assertThatThrownBy(() -> fixture.clean().read("run it again"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("did not pass its checks");
    }

    @Test
    void aCrashAfterTheCorrectionsCountLeavesADayThatTheSameReplayEnds() throws IOException {
        fixture.land(good(1), good(2));
        fixture.run();
        String never = JobFixture.content(fixture.clean());
        fixture.land(good(1), bad(2));
        fixture.run();
        Path rejectsManifest = fixture.rejects().manifestFile();
        byte[] rejectsBefore = Files.readAllBytes(rejectsManifest);
        Files.delete(root.resolve("reports/quality/events/2026-01-15.json"));
        Files.delete(root.resolve("reports/quality/events"));
        Path blocked = Files.writeString(root.resolve("reports/quality/events"), "a file where a folder should be");
        assertThat(fixture.replay(by(PLATFORM)).code()).isEqualTo(ExitCode.FAILED);
        // As if it had been killed even before its rejects were published.
        Files.write(rejectsManifest, rejectsBefore);
        Files.delete(blocked);

        assertThat(fixture.replay(by(PLATFORM)).code()).isEqualTo(ExitCode.DONE);

        assertThat(JobFixture.content(fixture.clean())).isEqualTo(never);
        assertThat(fixture.corrections().read("").rows()).isEqualTo(1);
    }

    @Test
    void correctionsOfAReplayThatHadBeenTakenOverAreRefusedUntilTheyAreTakenBack() throws IOException {
        fixture.land(good(1), bad(2));
        fixture.run();
        fixture.replay(by(PLATFORM));
        fixture.database().execute("""
                INSERT INTO ops.replay_log
                SELECT (JSONB_POPULATE_RECORD(replay, '{"run_id": "later", "token": 99}')).*
                FROM ops.replay_log AS replay""");

        JobFixture.Ended ordinary = fixture.run();

        assertThat(ordinary.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ordinary.message())
                .startsWith(fixture.corrections().manifestFile() + ": written by run ")
                .endsWith(" (token 2) after token 99 had taken over; take the corrections back by `transform-job replay"
                        + " events --ds … --discard`, then replay again");
    }

    @Test
    void damagedCorrectionsAreRefusedByName() throws IOException {
        fixture.land(good(1), bad(2));
        fixture.run();
        fixture.replay(by(PLATFORM));
        Path file = fixture.corrections()
                .resolve(fixture.corrections().read("").files().get(0));
        Files.writeString(file, Files.readString(file).replace("home", "cart"));

        JobFixture.Ended ended = fixture.run();

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.message()).startsWith(file + ": sha256 ").contains("--discard");
        assertThat(fixture.replay(new ReplayOptions(List.of(), null, true, "tester", ""))
                        .code())
                .isEqualTo(ExitCode.QUALITY_FAILED);
    }

    @Test
    void aDayThatWasNeverCheckedSaysWhatToRun() {
        fixture.land(good(1));
        assertThat(fixture.replay(new ReplayOptions(List.of(), null, false, "tester", ""))
                        .message())
                .endsWith("run transform-job for the day first: there are no rejects to replay");
    }

    @Test
    void aDryRunSaysWhatWouldBePutRightAndWhatNotAndChangesNothing() throws IOException {
        fixture.land(good(1), bad(2), "{", bad(3).replace("desktop", "fridge"), good(1));
        fixture.run();
        Path mapping = Files.writeString(root.resolve("fix.yml"), PLATFORM);
        List<String> before = tree();
        StringWriter out = new StringWriter();

        new CommandLine(new TransformCommand())
                .setOut(new PrintWriter(out))
                .execute(
                        "replay",
                        "events",
                        "--ds",
                        "2026-01-15",
                        "--workspace",
                        root.toString(),
                        "--mapping",
                        mapping.toString(),
                        "--dry-run");

        assertThat(out.toString().lines())
                .containsExactly(
                        "would put 1 of 4 selected lines right by fix.yml (2: no rule changed it, 1: still failing after"
                                + " the rules); nothing done",
                        "  put right: part-00000.jsonl:2 …5T10:00:00\",\"platform\":\"WEB\",\"device_type\":\"desktop…"
                                + " → …5T10:00:00\",\"platform\":\"web\",\"device_type\":\"desktop…",
                        "  no rule changed it: part-00000.jsonl:3 line: not JSON at character 2 (expected: one JSON"
                                + " object)",
                        "  no rule changed it: part-00000.jsonl:5 event_id: seen before in this day (expected: once; the"
                                + " first one stays)",
                        "  still failing after the rules: part-00000.jsonl:4 device_type: fridge (expected:"
                                + " desktop|mobile|tablet)");
        assertThat(tree()).isEqualTo(before);
    }

    private List<String> tree() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.walk(root)) {
            files.map(Path::toString).sorted().forEach(names::add);
        }
        return names;
    }

    private ReplayOptions by(String rules) throws IOException {
        return new ReplayOptions(List.of(), fix(rules), false, "tester", "a test");
    }

    private @Nullable Fix fix(String rules) throws IOException {
        return FixReader.read(
                "--mapping", Files.writeString(root.resolve("fix.yml"), rules).toString());
    }

    private static String good(int id) {
        return JobFixture.view(id);
    }

    private static String bad(int id) {
        return good(id).replace("\"web\"", "\"WEB\"");
    }

    private static String cart(int id, String quantity) {
        return good(id).replace("page_view", "add_to_cart")
                .replace(
                        "\"page_url\":\"/\",\"page_type\":\"home\"",
                        "\"product_id\":\"P1\",\"unit_price\":1000," + "\"quantity\":" + quantity);
    }
}
