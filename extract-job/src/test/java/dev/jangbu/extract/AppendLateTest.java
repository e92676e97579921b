package dev.jangbu.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.files.FilesOptions;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.simulator.SimulatorSource;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A late file behind a day's landing, and what becomes of it when the day is extracted again. */
@ExtendWith(PostgresExtension.class)
class AppendLateTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
    /** Days: whenever these tests are run, the day takes late files. */
    private static final int OPEN = 100_000;

    private static final EventSource SHOP = new SimulatorSource(50, 7, 0);

    @TempDir
    private Path folder;

    private TestDatabase database = new TestDatabase("", "");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void setUp(TestDatabase fresh) {
        database = fresh;
    }

    @Test
    void theLandingStaysAndTheLateRowsComeBehindIt() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Manifest before = landing();
        String lines = content(before);

        assertThat(append(late("late.jsonl", "{\"n\":1}\n\n{\"n\":2}\n"))).isEqualTo(ExitCode.DONE);

        Manifest after = landing();
        assertThat(content(after)).isEqualTo(lines + "{\"n\":1}\n\n{\"n\":2}\n");
        assertThat(after.rows()).isEqualTo(before.rows() + 2);
        assertThat(after.source()).isEqualTo("simulator");
        assertThat(after.profile()).isEqualTo("default");
        assertThat(after.counts()).containsEntry("late_files", 1L).containsEntry("late_rows", 2L);
        assertThat(after.files())
                .extracting(Manifest.Entry::path)
                .containsExactly(after.runId() + "/part-00000.jsonl", after.runId() + "/part-00001.jsonl");
        assertThat(after.files()).extracting(Manifest.Entry::isLate).containsExactly(false, true);
        assertThat(after.files().get(0).sha256())
                .isEqualTo(before.files().get(0).sha256());
        assertThat(summary().get("appended").intValue()).isEqualTo(2);
        assertThat(summary().get("rows").longValue()).isEqualTo(before.rows() + 2);
    }

    @Test
    void theSameFileTwiceAddsNothingAndIsTold() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        append(late("late.jsonl", "{\"n\":1}\n"));
        Manifest once = landing();

        assertThat(append(late("renamed.jsonl", "{\"n\":1}\n"))).isEqualTo(ExitCode.DONE);

        assertThat(landing()).isEqualTo(once);
        assertThat(summary().get("appended").intValue()).isZero();
        assertThat(summary().get("note").stringValue()).isEqualTo("nothing appended: it was appended before");
        assertThat(summary().get("landing_run").stringValue()).isEqualTo(once.runId());
        assertThat(append(late("second.jsonl", "{\"n\":2}\n"))).isEqualTo(ExitCode.DONE);
        assertThat(landing().counts()).containsEntry("late_files", 2L).containsEntry("late_rows", 2L);
    }

    @Test
    void aFileWithoutARowOfTheDayAddsNothing() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Manifest before = landing();

        assertThat(append(late("late.jsonl", "\n \n"))).isEqualTo(ExitCode.DONE);

        assertThat(landing()).isEqualTo(before);
        assertThat(summary().get("note").stringValue()).isEqualTo("nothing appended: it holds no row of the day");
    }

    @Test
    void whereNothingIsLandedTheCommandIsNamed() throws IOException {
        assertThat(append(late("late.jsonl", "{\"n\":1}\n"))).isEqualTo(ExitCode.FAILED);

        assertThat(message())
                .isEqualTo("no landing for events 2026-01-15 in " + day().path()
                        + "; extract the day first, without --append-late");
    }

    @Test
    void aLateFileOfAnotherContractIsRefused() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Manifest before = landing();
        Path file = late("late.jsonl", "{\"n\":1}\n");

        assertThat(extract(files(file, "--profile", "rees46"), new LateFiles.Appended(file, OPEN)))
                .isEqualTo(ExitCode.USAGE);

        assertThat(message()).startsWith("profile: rees46 (expected: default, as the landing in ");
        assertThat(landing()).isEqualTo(before);
    }

    @Test
    void aLandingThatIsNotWhatItsManifestSaysIsNotKept() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Manifest before = landing();
        Path part = day().resolve(before.files().get(0));
        Files.writeString(part, Files.readString(part).replaceFirst("U", "V"));

        assertThat(append(late("late.jsonl", "{\"n\":1}\n"))).isEqualTo(ExitCode.FAILED);

        assertThat(message()).startsWith(part + ": sha256 ").contains("as the landing's manifest says");
        assertThat(landing()).isEqualTo(before);
    }

    @Test
    void extractingTheDayAgainKeepsItsLateFiles() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        append(late("late.jsonl", "{\"n\":1}\n"));
        String lines = content(landing());

        assertThat(extract(SHOP, new LateFiles.Kept())).isEqualTo(ExitCode.DONE);

        assertThat(content(landing())).isEqualTo(lines);
        assertThat(landing().counts()).containsEntry("late_rows", 1L);
        Path larger = Files.createDirectory(folder.resolve("larger"));
        Files.writeString(larger.resolve("a.jsonl"), "{\"a\":1}\n");
        Files.writeString(larger.resolve("b.jsonl"), "{\"b\":1}\n");
        assertThat(extract(files(larger), new LateFiles.Kept())).isEqualTo(ExitCode.DONE);
        assertThat(content(landing())).isEqualTo("{\"a\":1}\n{\"b\":1}\n{\"n\":1}\n");
        assertThat(landing().files())
                .extracting(entry -> entry.path().substring(entry.path().indexOf('/') + 1) + " " + entry.isLate())
                .containsExactly("part-00000.jsonl false", "part-00001.jsonl false", "part-00002.jsonl true");
        assertThat(append(late("again.jsonl", "{\"n\":1}\n"))).isEqualTo(ExitCode.DONE);
        assertThat(summary().get("appended").intValue()).isZero();
    }

    @Test
    void lateFilesAreLeftOutWhereThatIsAskedFor() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        String lines = content(landing());
        append(late("late.jsonl", "{\"n\":1}\n"));

        assertThat(extract(SHOP, new LateFiles.Dropped())).isEqualTo(ExitCode.DONE);

        assertThat(content(landing())).isEqualTo(lines);
        assertThat(landing().counts()).doesNotContainKey("late_rows");
    }

    @Test
    void aLatePartThatIsGoneStopsTheExtractionUnlessItIsDropped() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        append(late("late.jsonl", "{\"n\":1}\n"));
        Manifest before = landing();
        Files.delete(day().resolve(before.files().get(1)));

        assertThat(extract(SHOP, new LateFiles.Kept())).isEqualTo(ExitCode.FAILED);
        assertThat(message()).startsWith("cannot keep ").contains("part-00001.jsonl");

        assertThat(extract(SHOP, new LateFiles.Dropped())).isEqualTo(ExitCode.DONE);
        assertThat(landing().files()).hasSize(1);
    }

    @Test
    void aDayWhoseOtherPartsAreBrokenIsExtractedAgainWithItsLateFiles() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        append(late("late.jsonl", "{\"n\":1}\n"));
        String lines = content(landing());
        Files.delete(day().resolve(landing().files().get(0)));

        assertThat(extract(SHOP, new LateFiles.Kept())).isEqualTo(ExitCode.DONE);

        assertThat(content(landing())).isEqualTo(lines);
    }

    @Test
    void aFileIsTakenOnTheLastDayOfTheWindowAndRefusedOnTheNext() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Manifest before = landing();
        LateFiles.Appended file = new LateFiles.Appended(late("late.jsonl", "{\"n\":1}\n"), 7);

        assertThatCode(() -> file.requireOpen(DAY, DAY.plusDays(7))).doesNotThrowAnyException();
        assertThat(extract(files(file.file()), file)).isEqualTo(ExitCode.USAGE);

        assertThat(message())
                .startsWith(file.file() + ": LATE, came ")
                .contains(" days after 2026-01-15 (expected: at most 7); nothing was appended");
        assertThat(landing()).isEqualTo(before);
        assertThatThrownBy(() -> file.requireOpen(DAY, DAY.plusDays(8)))
                .hasMessage(file.file() + ": LATE, came 8 days after 2026-01-15 (expected: at most 7); nothing was"
                        + " appended and the day stays closed; --late-window 8 opens it again");
    }

    /** Handed in again by a retry long after, it changes nothing and is no failure. */
    @Test
    void aFileThatWasAppendedInTimeAddsNothingAfterTheWindow() throws IOException {
        extract(SHOP, new LateFiles.Kept());
        Path file = late("late.jsonl", "{\"n\":1}\n");
        append(file);

        assertThat(extract(files(file), new LateFiles.Appended(file, 7))).isEqualTo(ExitCode.DONE);

        assertThat(summary().get("appended").intValue()).isZero();
    }

    @Test
    void wrongArgumentsAreRefused() throws IOException {
        Path file = late("late.jsonl", "{\"n\":1}\n");

        assertUsage(
                "--append-late: given with --source simulator (expected: --source files --input FILE)", "simulator");
        assertUsage(
                "--drop-late: given with --append-late (expected: one of them)",
                "files",
                "--input",
                file.toString(),
                "--drop-late");
        assertUsage(
                "--input: " + folder + " (expected: one file, with --append-late)",
                "files",
                "--input",
                folder.toString());
        assertUsage(
                "--late-window: -1 (expected: 0 or more, a number of days)",
                "files",
                "--input",
                file.toString(),
                "--late-window",
                "-1");
    }

    private static void assertUsage(String message, String source, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("events", "--ds", "2026-01-15", "--append-late", "--source", source), Stream.of(more))
                .toArray(String[]::new);
        ExtractCommand command = new ExtractCommand();
        new CommandLine(command).parseArgs(arguments);
        assertThatThrownBy(command::call)
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }

    private ExitCode append(Path file) {
        return extract(files(file), new LateFiles.Appended(file, OPEN));
    }

    private static EventSource files(Path input, String... more) {
        FilesOptions options = new FilesOptions();
        new CommandLine(options)
                .parseArgs(Stream.concat(Stream.of("--input", input.toString()), Stream.of(more))
                        .toArray(String[]::new));
        return options.open();
    }

    private ExitCode extract(EventSource source, LateFiles late) {
        JobRunner runner =
                new JobRunner(database.environment(), Clock.systemUTC(), new PrintStream(out, true, UTF_8), false);
        RunRequest request = new RunRequest("extract-job", "events", RunRequest.WHOLE, DAY, "1", workspace());
        return runner.run(request, EventsConfiguration.class, source, LandingFormat.plain(), late);
    }

    private Path late(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Workspace workspace() {
        return new Workspace(folder.resolve("data"));
    }

    private DayFolder day() {
        return workspace().landing("events", RunRequest.WHOLE, DAY);
    }

    private Manifest landing() {
        return day().manifest().orElseThrow();
    }

    private String content(Manifest manifest) throws IOException {
        StringBuilder content = new StringBuilder();
        for (Manifest.Entry entry : manifest.files()) {
            content.append(Files.readString(day().resolve(entry)));
        }
        return content.toString();
    }

    private JsonNode summary() {
        List<String> lines = out.toString(UTF_8).lines().toList();
        return Json.mapper().readTree(lines.get(lines.size() - 1));
    }

    private String message() {
        return summary().get("message").stringValue();
    }
}
