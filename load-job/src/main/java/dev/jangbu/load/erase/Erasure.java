package dev.jangbu.load.erase;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.erased.SubjectKey;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.Version;
import dev.jangbu.load.spark.SparkPlaces;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One erasure from its request to its proof: find the person, take them out day by day, replace the id in what runs said,
 * look again, prove it. Called again it goes on where a kill or a held day ended it; when all is done it changes nothing.
 */
final class Erasure {
    private static final Logger log = LoggerFactory.getLogger(Erasure.class);
    private static final long TELL_NANOS = 5_000_000_000L;
    /** Of the summary: places that wait for spark-job. */
    private static final String SPARK = "spark";

    private final Erasing template;
    private final Database database;
    private final Request request;
    private final PrintStream out;
    private long told = System.nanoTime();

    /**
     * @param by who runs it
     * @param text what was asked
     */
    record Request(String by, String text) {}

    /**
     * What marts do not show yet.
     *
     * @param days of events
     * @param datasets merged by key, whose touched days wait
     */
    private record Rebuild(List<LocalDate> days, List<String> datasets) {
        static Rebuild of(Connection connection, String erasureId) throws SQLException {
            ErasureLog erasures = new ErasureLog(connection);
            return new Rebuild(erasures.toRebuild(erasureId), erasures.waiting());
        }
    }

    /** @param template its id is that of a new erasure */
    Erasure(Erasing template, Database database, Request request, PrintStream out) {
        this.template = template;
        this.database = database;
        this.request = new Request(redacted(template, request.by()), redacted(template, request.text()));
        this.out = out;
    }

    private static String redacted(Erasing template, String text) {
        return template.subject().redacted(text);
    }

    /** Says what would be done. */
    ExitCode plan() throws SQLException {
        try (Connection connection = open()) {
            tell(survey(connection));
            List<String> ofSpark =
                    SparkPlaces.read(connection, template.workspace()).names();
            if (!ofSpark.isEmpty()) {
                out.println("would have spark-job look through " + String.join(" and ", ofSpark));
                out.println(Json.line(Map.of("job", "load-job", "command", "erase", "dry_run", true, SPARK, ofSpark)));
            }
            return ExitCode.DONE;
        }
    }

    private void tell(Survey survey) {
        if (survey.isEmpty()) {
            out.println("would erase nothing: no file and no table names the person");
            return;
        }
        out.println("would erase from " + survey.days().size() + " days:");
        survey.days().entrySet().stream()
                .limit(15)
                .forEach(day ->
                        out.println("  " + day.getKey() + "  " + day.getValue().published() + beside(day.getValue())));
        if (survey.days().size() > 15) {
            out.println("  and " + (survey.days().size() - 15) + " days more");
        }
        out.println(
                "would replace the id in " + survey.told().size() + " reports and summaries, and in " + survey.said());
        survey.others().forEach(file -> out.println("would leave " + file + ": not a place of ours"));
    }

    private static String beside(Survey.Places places) {
        return places.beside().isEmpty() ? "" : ", of runs before " + places.beside();
    }

    ExitCode run() throws SQLException, IOException {
        long start = System.nanoTime();
        try (Connection connection = open()) {
            ErasureLog erasures = new ErasureLog(connection);
            SubjectKey key = SubjectKey.read(connection);
            String hash = key.hash(template.subject().id());
            Optional<String> unfinished = erasures.unfinished(hash);
            Optional<String> finished = erasures.finished(hash);
            if (unfinished.isEmpty()
                    && finished.isPresent()
                    && waiting(connection, finished.get()).isEmpty()
                    && survey(connection).isEmpty()) {
                return nothingLeft(connection, finished.get(), start);
            }
            String id = unfinished.orElse(template.id());
            connection.setAutoCommit(false);
            if (unfinished.isEmpty()) {
                erasures.begin(id, hash, request.by(), request.text());
            }
            erasures.suppress(
                    hash,
                    key.fingerprint(template.subject().id()),
                    template.subject().isWord());
            connection.commit();
            connection.setAutoCommit(true);
            return erase(connection, with(id), start);
        }
    }

    private Connection open() {
        Connection connection = database.connect();
        SchemaVersion.require(connection);
        return connection;
    }

    private Erasing with(String id) {
        return new Erasing(
                id,
                template.subject(),
                template.policy(),
                template.today(),
                template.workspace(),
                template.environment(),
                template.clock());
    }

    private ExitCode nothingLeft(Connection connection, String erasureId, long start) throws SQLException {
        out.println("nothing to do: erased before by " + erasureId + ", and nothing names the person since");
        summary(End.done(), erasureId, List.of(), Rebuild.of(connection, erasureId), 0, 0, start);
        return ExitCode.DONE;
    }

    private ExitCode erase(Connection connection, Erasing erasing, long start) throws SQLException, IOException {
        Survey survey = survey(connection);
        List<String> held = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Survey.Day, Survey.Places> found : survey.days().entrySet()) {
            Survey.Day day = found.getKey();
            long began = System.nanoTime();
            try {
                erase(erasing, day, !found.getValue().published().isEmpty());
                log.info(
                        "erasure={} dataset={} slice={} ds={} day={}/{} state=done seconds={}",
                        erasing.id(),
                        day.dataset(),
                        day.slice(),
                        day.date(),
                        ++number,
                        survey.days().size(),
                        dev.jangbu.kit.run.Seconds.since(began));
            } catch (JobFailure failure) {
                (failure.exitCode() == ExitCode.HELD ? held : failed).add(String.valueOf(failure.getMessage()));
                log.error("erasure={} ds={} state=not_done {}", erasing.id(), day.date(), failure.getMessage());
            }
        }
        WorkspaceSearch files = files();
        files.redact(survey.told());
        long replaced = survey.told().size() + new DatabaseSearch(connection, erasing.subject()).redact();
        Survey left = survey.isEmpty() ? survey : survey(connection);
        if (!left.isEmpty()) {
            return notDone(connection, erasing, left, held, failed, start);
        }
        List<String> waiting = waiting(connection, erasing.id());
        return waiting.isEmpty()
                ? prove(connection, erasing, left, replaced, start)
                : waitForSpark(connection, erasing, waiting, start);
    }

    /** Places that spark-job has to look through before the erasure is proved. */
    private List<String> waiting(Connection connection, String erasureId) throws SQLException {
        Map<String, String> proven = new LinkedHashMap<>();
        new ErasureLog(connection).searches(erasureId).forEach(search -> proven.put(search.place(), search.state()));
        return SparkPlaces.read(connection, template.workspace()).unproven(proven);
    }

    /** All is done but what no program without Spark can do. */
    private ExitCode waitForSpark(Connection connection, Erasing erasing, List<String> places, long start)
            throws SQLException {
        String message = String.join(" and ", places)
                + ": not looked through; `bin/jangbu erase` and `make erase` do it, or `spark-job erase --subject` and"
                + " then this again";
        out.println(message);
        Rebuild rebuild = Rebuild.of(connection, erasing.id());
        summary(new End(ExitCode.FAILED, message, places), erasing.id(), List.of(), rebuild, 0, 0, start);
        return ExitCode.FAILED;
    }

    /**
     * @param spark places that wait for spark-job, when all else is done
     */
    private record End(ExitCode code, String message, List<String> spark) {
        static End done() {
            return new End(ExitCode.DONE, "", List.of());
        }
    }

    private void erase(Erasing erasing, Survey.Day day, boolean isPublished) throws IOException, SQLException {
        if (day.isWindow()) {
            new WindowErasure(erasing, database, day).run(isPublished);
        } else {
            new DayErasure(erasing, database, day.dataset(), day.date()).run(isPublished);
        }
    }

    private ExitCode prove(Connection connection, Erasing erasing, Survey left, long replaced, long start)
            throws SQLException {
        ErasureLog erasures = new ErasureLog(connection);
        Proof proof = new Proof(
                erasing.id(),
                request.by(),
                request.text(),
                erasing.subject().isWord(),
                erasing.clock().instant(),
                erasures.proof(erasing.id()),
                left.files(),
                replaced,
                erasures.searches(erasing.id()));
        Path file = erasing.workspace().erasureReport(erasing.id());
        proof.write(file);
        erasures.finish(erasing.id(), proof.days().size(), proof.removed(), proof.held());
        Rebuild rebuild = Rebuild.of(connection, erasing.id());
        proof.screen(file, rebuild.days()).forEach(out::println);
        rebuild.datasets()
                .forEach(dataset -> out.println("marts to build again: `bin/job mart-job build --dataset " + dataset
                        + " --touched`; `bin/jangbu erase` and `make erase` do it"));
        summary(End.done(), erasing.id(), proof.days(), rebuild, proof.removed(), proof.held(), start);
        return ExitCode.DONE;
    }

    private ExitCode notDone(
            Connection connection, Erasing erasing, Survey left, List<String> held, List<String> failed, long start)
            throws SQLException {
        List<String> places = left.places(erasing.workspace().root());
        String some = String.join(", ", places.subList(0, Math.min(5, places.size())))
                + (places.size() > 5 ? " and " + (places.size() - 5) + " places more" : "");
        ExitCode code = failed.isEmpty() && !held.isEmpty() ? ExitCode.HELD : ExitCode.FAILED;
        String why = failed.isEmpty() ? "" : failed.get(0) + "; ";
        String wait = held.isEmpty() ? "" : held.get(0) + "; ";
        String others = left.others().isEmpty() ? "" : "; files that are not ours are to be removed by hand";
        String message =
                why + wait + "the person is still named in " + some + others + "; the rest is done, erase again";
        out.println(message);
        Rebuild rebuild = Rebuild.of(connection, erasing.id());
        summary(new End(code, message, List.of()), erasing.id(), List.of(), rebuild, 0, 0, start);
        return code;
    }

    private void summary(
            End end, String erasureId, List<LocalDate> days, Rebuild rebuild, long removed, long held, long start) {
        UnaryOperator<List<?>> texts =
                list -> list.stream().map(String::valueOf).toList();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "load-job");
        summary.put("command", "erase");
        summary.put("status", end.code().status());
        summary.put("exit_code", end.code().code());
        summary.put("message", end.message());
        summary.put("erasure", erasureId);
        summary.put("days", texts.apply(days));
        summary.put("rebuild", texts.apply(rebuild.days()));
        summary.put("rebuild_touched", rebuild.datasets());
        summary.put(SPARK, end.spark());
        summary.put("removed", removed);
        summary.put("held", held);
        summary.put("seconds", dev.jangbu.kit.run.Seconds.since(start));
        summary.put("version", Version.current());
        out.println(Json.line(summary));
        out.flush();
    }

    private Survey survey(Connection connection) throws SQLException {
        Survey survey = files().addTo(Survey.empty());
        Path stray = SparkPlaces.read(connection, template.workspace()).strayLake();
        if (stray != null) {
            survey.others().add(stray);
        }
        log.info("searched files={}; searching every table", survey.files());
        return new DatabaseSearch(connection, template.subject()).addTo(survey);
    }

    private WorkspaceSearch files() {
        return new WorkspaceSearch(template.workspace(), template.subject(), this::tell);
    }

    private void tell(String progress) {
        if (System.nanoTime() - told > TELL_NANOS) {
            told = System.nanoTime();
            log.info(progress);
        }
    }
}
