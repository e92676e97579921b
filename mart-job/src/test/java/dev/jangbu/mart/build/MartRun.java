package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Builds marts through the real runner, and keeps what the last build said. */
final class MartRun {
    static final MartCatalog MARTS = MartCatalog.packaged();

    private final TestDatabase database;
    private final Path workspace;
    private JsonNode summary = Json.mapper().createObjectNode();

    MartRun(TestDatabase database, Path workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    ExitCode build(String mart, LocalDate day) {
        return build(MARTS.named(mart), day);
    }

    ExitCode build(Mart mart, LocalDate day) {
        return run(mart, day, MartBuildConfiguration.class);
    }

    /** Every touched day. */
    ExitCode buildTouched(Mart mart) {
        return run(mart, LocalDate.parse("2026-03-01"), TouchedBuildConfiguration.class);
    }

    private ExitCode run(Mart mart, LocalDate day, Class<?> configuration) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        RunRequest request = new RunRequest(
                "mart-job", mart.metadata().source().dataset(), mart.name(), day, "1", new Workspace(workspace));
        ExitCode code = new JobRunner(database.environment(), Clock.systemUTC(), stream, false)
                .run(request, configuration, mart);
        summary = Json.mapper()
                .readTree(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .reduce((before, last) -> last)
                        .orElseThrow());
        return code;
    }

    /** The last build's summary line. */
    JsonNode summary() {
        return summary;
    }

    String message() {
        return summary.get("message").stringValue();
    }

    /** The mart with one more check, run before the others. */
    static Mart withCheck(String mart, Check check) {
        Mart packaged = MARTS.named(mart);
        List<Check> checks = new ArrayList<>(List.of(check));
        checks.addAll(packaged.checks());
        return new Mart(
                packaged.metadata(), packaged.columns(), packaged.query(), checks, packaged.before(), packaged.after());
    }

    /** The mart, with a pause between its insert and its checks. */
    static Mart slow(String mart, int seconds) {
        return withCheck(
                mart,
                new Check(
                        Check.Kind.FACT,
                        "pause",
                        "a pause",
                        "SELECT CAST(:business_date AS DATE) AS paused_on, pg_sleep(" + seconds + ") AS pause"));
    }

    static Mart withQuery(String mart, String query) {
        Mart packaged = MARTS.named(mart);
        return new Mart(packaged.metadata(), packaged.columns(), query, packaged.checks());
    }
}
