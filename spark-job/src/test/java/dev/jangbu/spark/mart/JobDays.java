package dev.jangbu.spark.mart;

import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.simulator.SimulatorSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.LoadConfiguration;
import dev.jangbu.mart.build.MartBuildConfiguration;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.contract.Check;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Days through the real jobs, all in this process: a landing, and what comes of it. */
public record JobDays(TestDatabase database, Path root) {
    /** Each after those it depends on. */
    public static final List<Mart> MARTS = MartCatalog.packaged().ofDataset("events");

    private static final BusinessCalendar SEOUL = BusinessCalendar.seoul();

    /** How a run ended: the code, and its summary. */
    public record Ended(ExitCode code, JsonNode summary) {
        public String message() {
            return summary.path("message").asString("");
        }
    }

    public Workspace workspace() {
        return new Workspace(root);
    }

    /**
     * Publishes a simulated day in several parts.
     *
     * @param defects the share of events with a planted fault
     * @param more lines behind the simulator's
     */
    public void land(LocalDate day, int users, double defects, List<String> more) {
        DayFolder folder = workspace().landing("events", RunRequest.WHOLE, day);
        String run = RunFolders.newRunId(SEOUL.endOf(day));
        try (LandingWriter writer =
                new LandingWriter(folder.newRunFolder(run), new LandingFormat(false, 200_000), Progress.none())) {
            if (users > 0) {
                new SimulatorSource(users, 7, defects).extract(new Window(day, SEOUL), writer);
            }
            more.forEach(line -> writer.line(line.getBytes(StandardCharsets.UTF_8)));
            folder.publish(manifest(day, run, writer.finish()));
        }
    }

    /** A contract that lets a day with some faults pass; the faulty lines are rejected or flagged as ever. */
    public String lenientContract() {
        StringBuilder contract = new StringBuilder("profile: lenient\nversion: 1\nwhy: days with faults\nchecks:\n");
        for (Check check : Check.ALL) {
            contract.append("  ").append(check.id()).append(":\n    threshold: 0.5\n    why: days with faults\n");
        }
        try {
            return Files.writeString(root.resolve("lenient.yaml"), contract).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A run of a job, as its command would ask for it. */
    public Ended run(String job, String slice, LocalDate day, Class<?> configuration, Object... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        ExitCode code = new JobRunner(database.environment(), Clock.systemUTC(), stream, false)
                .run(new RunRequest(job, "events", slice, day, "1", workspace()), configuration, options);
        String last = out.toString(StandardCharsets.UTF_8).lines().reduce("", (before, line) -> line);
        return new Ended(code, Json.mapper().readTree(last));
    }

    public Ended load(LocalDate day) {
        return run("load-job", RunRequest.WHOLE, day, LoadConfiguration.class);
    }

    public Ended buildInPostgresql(Mart mart, LocalDate day) {
        return run("mart-job", mart.name(), day, MartBuildConfiguration.class, mart);
    }

    Ended buildOnSpark(Mart mart, LocalDate day, DayEvents events) {
        return run("mart-job", mart.name(), day, MartConfiguration.class, mart, events);
    }

    /** A mart's rows of all days, as PostgreSQL writes them. */
    public List<String> rows(Mart mart) {
        return database.rows("SELECT " + String.join(", ", mart.columnNames()) + " FROM "
                + mart.metadata().target() + " ORDER BY "
                + String.join(", ", mart.metadata().key()));
    }

    private static Manifest manifest(LocalDate day, String run, List<Manifest.Entry> parts) {
        return new Manifest(
                "extract-job",
                "events",
                RunRequest.WHOLE,
                day,
                "simulator",
                "default",
                parts.stream().mapToLong(Manifest.Entry::rows).sum(),
                parts.stream().mapToLong(Manifest.Entry::bytes).sum(),
                parts,
                SEOUL.startOf(day),
                SEOUL.endOf(day),
                Map.of(),
                "0.1.0",
                run,
                1,
                SEOUL.endOf(day));
    }
}
