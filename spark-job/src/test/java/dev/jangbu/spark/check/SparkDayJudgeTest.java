package dev.jangbu.spark.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.EventLines;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartCorrections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** transform-job and Spark on the same lines: counts, examples, reasons, rows and their order are the same. */
class SparkDayJudgeTest {
    private static final Contract DEFAULT = ContractReader.read("test", "default");
    private static final long WHOLE = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void oddAndHostileLinesOfSeveralPartsAreJudgedAlikeInPiecesOfAnySize() throws Exception {
        EventLines lines = new EventLines(20_260_115);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("part-00000.jsonl", lines.file(1_500, 20));
        contents.put("part-00001.jsonl.gz", packed(lines.file(800, 50)));
        contents.put("part-00002.jsonl", new byte[0]);
        contents.put("part-00003.jsonl", withMark(lines.file(700, 5)));
        List<LandingPart> parts = Judged.landing(folder, contents);
        Judged expected = Judged.inOneProcess(DEFAULT, parts, folder.resolve("one"));
        assertThat(Judged.onSpark(DEFAULT, parts, folder.resolve("pieces"), 64 << 10))
                .isEqualTo(expected);
        assertThat(Judged.onSpark(DEFAULT, parts, folder.resolve("whole"), WHOLE))
                .isEqualTo(expected);
    }

    @Test
    void everyPackagedContractJudgesAlike() throws Exception {
        List<LandingPart> parts = Judged.landing(folder, Map.of("part-00000.jsonl", new EventLines(7).file(600, 30)));
        for (String name : List.of("rees46", "online-retail", "ga4")) {
            Contract contract = ContractReader.read("test", name);
            assertThat(Judged.onSpark(contract, parts, folder.resolve(name), 32 << 10))
                    .as(name)
                    .isEqualTo(Judged.inOneProcess(contract, parts, folder.resolve(name + "-one")));
        }
    }

    @Test
    void oneSessionMayHaveTheWholeDayAndFailAtOneLine() throws Exception {
        List<String> lines = IntStream.range(0, 3_000)
                .mapToObj(number -> event(number, "U1", "S1", "2026-01-15T10:00:00." + "%03d".formatted(number % 1000)))
                .collect(Collectors.toList());
        lines.set(1_700, cart(1_700, "S1", "2026-01-15T00:00:00"));
        DayOutcome outcome = judgedAlike(lines);
        assertThat(outcome.flagged()).isEqualTo(3_000);
        assertThat(outcome.tallies().examples(dev.jangbu.transform.contract.Check.FUNNEL_SEQUENCE))
                .extracting("line")
                .containsExactly(1_701L);
    }

    @Test
    void oneIdMayBeOnEveryLineAndTheFirstStays() throws Exception {
        List<String> lines = IntStream.range(0, 2_000)
                .mapToObj(number -> event(1, "U1", "S" + number, "2026-01-15T10:00:00"))
                .toList();
        DayOutcome outcome = judgedAlike(lines);
        assertThat(outcome.clean()).isEqualTo(1);
        assertThat(outcome.parts().get(0).clean()).isEqualTo(1);
    }

    @Test
    void theFirstAndTheLastInstantOfTheDayAreOfItAndTheNeighboursAreNot() throws Exception {
        DayOutcome outcome = judgedAlike(List.of(
                event(1, "U1", "S1", "2026-01-15T00:00:00"),
                event(2, "U2", "S2", "2026-01-15T23:59:59.999"),
                event(3, "U3", "S3", "2026-01-15T23:59:59.999999999"),
                event(4, "U4", "S4", "2026-01-14T23:59:59.999"),
                event(5, "U5", "S5", "2026-01-16T00:00:00"),
                event(6, "U6", "S6", "2026-01-14T15:00:00Z")));
        assertThat(outcome.clean()).isEqualTo(4);
        assertThat(outcome.rejectedByReason()).isEqualTo(Map.of("timestamp_valid", 2L));
    }

    @Test
    void atTheSameInstantTheEarlierLineIsTheEarlierStep() throws Exception {
        String time = "2026-01-15T10:00:00";
        DayOutcome outcome = judgedAlike(List.of(
                event(1, "U1", "in order", time), cart(2, "in order", time),
                cart(3, "out of order", time), event(4, "U1", "out of order", time)));
        assertThat(outcome.tallies().failed(dev.jangbu.transform.contract.Check.FUNNEL_SEQUENCE))
                .isEqualTo(1);
    }

    @Test
    void aDayWithoutPartsOrLinesHasNoOutcome() throws Exception {
        assertThat(Judged.onSpark(DEFAULT, List.of(), folder, WHOLE).parts()).isEmpty();
        judgedAlike(List.of());
    }

    @Test
    void correctionsAreLaidOverTheirLines() throws Exception {
        List<String> lines = List.of(event(1, "U1", "S1", "nonsense"), event(2, "U2", "S2", "2026-01-15T10:00:00"));
        LandingPart part =
                Judged.landing(folder, Map.of("part-00000.jsonl", bytes(lines))).get(0);
        Path corrections = folder.resolve("corrections-part-00000.jsonl");
        Files.writeString(
                corrections,
                dev.jangbu.kit.json.Json.line(new TreeMap<>(Map.of(
                                "line", 1,
                                "raw_sha256",
                                        java.util.HexFormat.of()
                                                .formatHex(dev.jangbu.transform.reject.RawLine.newDigest()
                                                        .digest(lines.get(0).getBytes(StandardCharsets.UTF_8))),
                                "corrected", event(1, "U1", "S1", "2026-01-15T09:00:00"))))
                        + "\n");
        List<LandingPart> corrected = List.of(part.with(new PartCorrections(corrections, 1)));
        Judged judged = Judged.onSpark(DEFAULT, corrected, folder.resolve("spark"), 1);
        assertThat(judged).isEqualTo(Judged.inOneProcess(DEFAULT, corrected, folder.resolve("one")));
        DayOutcome outcome = Judged.outcomeOnSpark(DEFAULT, corrected, folder.resolve("again"), 1);
        assertThat(outcome.corrected()).isEqualTo(1);
        assertThat(outcome.clean()).isEqualTo(2);
    }

    @Test
    void aPieceOfAPartHasFilesOfItsOwnAndNothingElseIsLeft() throws Exception {
        List<String> lines = IntStream.range(0, 40)
                .mapToObj(number -> event(number, "U1", "S" + number, "2026-01-15T10:00:00"))
                .toList();
        List<LandingPart> parts = Judged.landing(folder, Map.of("part-00000.jsonl", bytes(lines)));
        Judged.onSpark(DEFAULT, parts, folder.resolve("spark"), bytes(lines).length / 2);
        assertThat(names(folder.resolve("spark/clean"))).containsExactly("part-00000-00001.csv", "part-00000.csv");
        assertThat(names(folder.resolve("spark/rejects")))
                .containsExactly(
                        "flagged-00000-00001.jsonl",
                        "flagged-00000.jsonl",
                        "rejected-00000-00001.jsonl",
                        "rejected-00000.jsonl");
    }

    @Test
    void aPartThatIsNotWhatItsManifestSaysIsRefusedInTransformJobsWords() throws Exception {
        LandingPart part = Judged.landing(folder, Map.of("part-00000.jsonl", bytes(List.of("{}"))))
                .get(0);
        LandingPart other = new LandingPart(part.name(), part.file(), "0".repeat(64));
        assertRefusedAlike(other, ": sha256 " + part.sha256() + " (expected: " + other.sha256());
        byte[] whole = packed(bytes(List.of("{}")));
        LandingPart cut = Judged.landing(
                        folder, Map.of("part-00001.jsonl.gz", java.util.Arrays.copyOf(whole, whole.length - 9)))
                .get(0);
        assertRefusedAlike(cut, "truncated or damaged gzip");
    }

    private void assertRefusedAlike(LandingPart part, String words) {
        String[] messages = new String[2];
        assertThatThrownBy(() -> Judged.inOneProcess(DEFAULT, List.of(part), folder.resolve("one")))
                .isInstanceOfSatisfying(JobFailure.class, failure -> messages[0] = failure.getMessage());
        assertThatThrownBy(() -> Judged.onSpark(DEFAULT, List.of(part), folder.resolve("spark"), WHOLE))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
                    messages[1] = failure.getMessage();
                });
        assertThat(messages[1]).isEqualTo(messages[0]).contains(words);
    }

    private DayOutcome judgedAlike(List<String> lines) throws IOException, InterruptedException {
        byte[] content = bytes(lines);
        List<LandingPart> parts = Judged.landing(folder, Map.of("part-00000.jsonl", content));
        Judged expected = Judged.inOneProcess(DEFAULT, parts, folder.resolve("one"));
        long piece = content.length / 5L + 1;
        assertThat(Judged.onSpark(DEFAULT, parts, folder.resolve("spark"), piece))
                .isEqualTo(expected);
        return Judged.outcomeOnSpark(DEFAULT, parts, folder.resolve("again"), WHOLE);
    }

    private static String event(int id, String user, String session, String time) {
        return "{\"event_id\":\"" + new UUID(0, id) + "\",\"event_type\":\"page_view\",\"user_id\":\"" + user
                + "\",\"session_id\":\"" + session + "\",\"timestamp\":\"" + time
                + "\",\"platform\":\"web\",\"device_type\":\"desktop\",\"page_url\":\"/\",\"page_type\":\"home\"}";
    }

    private static String cart(int id, String session, String time) {
        return "{\"event_id\":\"" + new UUID(0, id) + "\",\"event_type\":\"add_to_cart\",\"user_id\":\"U1\""
                + ",\"session_id\":\"" + session + "\",\"timestamp\":\"" + time
                + "\",\"platform\":\"web\",\"device_type\":\"desktop\",\"product_id\":\"P1\",\"quantity\":1,"
                + "\"unit_price\":1000}";
    }

    private static byte[] bytes(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withMark(byte[] content) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        marked.writeBytes(content);
        return marked.toByteArray();
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static List<String> names(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
