package dev.jangbu.transform;

import dev.jangbu.kit.erased.ErasedSubjects;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.landing.CorrectionSet;
import dev.jangbu.transform.reject.RejectedLines;
import dev.jangbu.transform.replay.Corrected;
import dev.jangbu.transform.replay.Correcting;
import dev.jangbu.transform.replay.CorrectionFiles;
import dev.jangbu.transform.replay.Fate;
import dev.jangbu.transform.replay.PublishedCorrections;
import dev.jangbu.transform.replay.ReplayLog;
import dev.jangbu.transform.replay.ReplayOptions;
import dev.jangbu.transform.replay.ReplayStory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replay does beside an ordinary run: it makes the corrections before the day is checked, and puts them in force, on
 * record, before the day is published. Killed in between, it leaves a day that an ordinary run, or the same replay, ends.
 */
final class ReplayRun {
    private static final Logger log = LoggerFactory.getLogger(ReplayRun.class);

    private final RunContext context;
    private final DataSource dataSource;
    private final TransformOptions options;
    private final ReplayOptions replay;
    private @Nullable Made made;

    /** The corrections of the day, in this run's folder. */
    private record Made(Corrected corrected, Manifest manifest, CorrectionSet corrections) {}

    ReplayRun(RunContext context, DataSource dataSource, TransformOptions options, ReplayOptions replay) {
        this.context = context;
        this.dataSource = dataSource;
        this.options = options;
        this.replay = replay;
    }

    void correct() throws SQLException {
        Manifest landing;
        CorrectionSet inForce;
        ErasedSubjects erased;
        try (Connection connection = dataSource.getConnection()) {
            landing =
                    context.readPublished(connection, context.landing(), LandingReader.remedy(context.businessDate()));
            inForce = replay.discard() ? CorrectionSet.EMPTY : PublishedCorrections.read(context, connection);
            erased = ErasedSubjects.read(connection);
        }
        Contract contract = LandingReader.contract(options, landing, context.landing());
        CorrectionFiles files = new CorrectionFiles(context, erased);
        Corrected corrected = correcting(context.runId(), replay, contract, inForce)
                .run(LandingReader.parts(context.landing(), landing), rejects(context.rejects()), files);
        Manifest manifest = files.manifest(landing);
        if (files.leftOut() > 0) {
            context.summary().fact("erased", files.leftOut());
        }
        made = new Made(corrected, manifest, files.corrections(manifest));
        Fix fix = replay.fix();
        log.info(
                "replay filter={} mapping={} selected={} corrected={} in_force={} dropped={}",
                replay.filter(),
                fix == null ? "none" : fix.name(),
                corrected.selected(),
                corrected.count(Fate.CORRECTED),
                corrected.inForce(),
                corrected.dropped());
    }

    private Correcting correcting(String runId, ReplayOptions asked, Contract contract, CorrectionSet inForce) {
        EventChecker checker = new EventChecker(contract, context.calendar(), context.businessDate());
        return new Correcting(asked, runId, contract, checker, inForce);
    }

    /** The rejects of the day's last run. */
    static List<Path> rejects(DayFolder folder) {
        Manifest manifest = folder.read("run transform-job for the day first: there are no rejects to replay");
        return RejectedLines.files(folder, manifest);
    }

    CorrectionSet corrections() {
        return made().corrections();
    }

    /** Puts the corrections in force, with their row in the log. */
    void record(DayCheck check) throws SQLException {
        DayCheck.Checked checked = check.checked();
        Corrected corrected = made().corrected();
        Corrected.Outcome outcome = corrected.after(checked.outcome().parts().stream()
                .map(part -> part.rejectedFile().file())
                .toList());
        ReplayLog replayLog = new ReplayLog(context);
        try (Connection connection = dataSource.getConnection()) {
            replayLog.write(
                    connection, replay, corrected, outcome, checked.report().status());
            DayFolder folder = context.corrections();
            boolean hasAny = !made().corrections().isEmpty() || PublishedCorrections.exist(folder);
            replayLog.publish(connection, folder, hasAny ? made().manifest() : null);
        }
        ReplayStory story = new ReplayStory(replay, corrected);
        context.summary().fact("replay", story.facts(outcome)).fact("replayed", story.told(outcome));
        log.info("replay outcome=\"{}\"", story.told(outcome));
    }

    private Made made() {
        return Objects.requireNonNull(made, "the corrections were not made yet");
    }
}
