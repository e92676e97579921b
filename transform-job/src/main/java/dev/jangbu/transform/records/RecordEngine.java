package dev.jangbu.transform.records;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.output.BackgroundForce;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a landing once, line after line; memory grows with nothing but what the mapper remembers. Where the mapper allows it,
 * lines are judged side by side, and written in their order all the same. Of one thread.
 */
public final class RecordEngine {
    private final RecordMapper mapper;
    private final RecordJudge judge;
    private final Progress progress;
    private final RecordTallies tallies;

    public RecordEngine(RecordContract contract, RecordMapper mapper, BusinessCalendar calendar, Progress progress) {
        this.mapper = mapper;
        this.judge = new RecordJudge(contract, mapper, calendar);
        this.progress = progress;
        this.tallies = new RecordTallies(contract);
    }

    /**
     * @param clean a folder that exists, for the clean files
     * @param rejects a folder that exists, for rejects and flagged lines
     * @throws dev.jangbu.kit.exit.JobFailure when a part is damaged or is not what its digest says, or a file cannot be
     *     read or written; what was written until then counts for nothing
     */
    public RecordOutcome run(List<LandingPart> parts, Path clean, Path rejects) throws InterruptedException {
        try (BackgroundForce force = new BackgroundForce();
                Judging judging = mapper.isParallel() ? new SideBySide(judge) : new OneByOne(judge)) {
            List<RecordOutcome.Part> outcomes = new ArrayList<>();
            for (LandingPart part : parts) {
                PartWriter writer = new PartWriter(part, outcomes.size(), mapper.tables(), clean, rejects, force);
                read(part, judging, writer);
                outcomes.add(writer.close());
            }
            force.await();
            return new RecordOutcome(outcomes, tallies.results());
        }
    }

    private void read(LandingPart part, Judging judging, PartWriter writer) throws InterruptedException {
        try (PartLines lines = new PartLines(part)) {
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                judging.judge(line, judged -> write(judged, writer));
            }
            judging.finish(judged -> write(judged, writer));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    private void write(RecordJudge.Judged judged, PartWriter writer) {
        Findings findings = judged.findings();
        PartLines.Line line = judged.line();
        findings.settle();
        tallies.count(findings, writer.name(), line.number());
        progress.row();
        @Nullable RecordCheck rejectedBy = judge.rejectedBy(findings);
        if (rejectedBy != null) {
            writer.reject(rejectedBy, judged.tables(), line.number(), findings, line.raw());
            return;
        }
        writer.keep(judged.tables(), judged.csv());
        if (!findings.isEmpty()) {
            writer.flag(line.number(), findings, line.raw());
        }
    }
}
