package dev.jangbu.transform.records;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.check.LineJson;
import dev.jangbu.transform.contract.Fate;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads a landing once, line after line; memory grows with nothing but what the mapper remembers. Of one thread. */
public final class RecordEngine {
    private final RecordContract contract;
    private final RecordMapper mapper;
    private final BusinessCalendar calendar;
    private final Progress progress;
    private final RecordTallies tallies;

    public RecordEngine(RecordContract contract, RecordMapper mapper, BusinessCalendar calendar, Progress progress) {
        this.contract = contract;
        this.mapper = mapper;
        this.calendar = calendar;
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
        try (BackgroundForce force = new BackgroundForce()) {
            List<RecordOutcome.Part> outcomes = new ArrayList<>();
            for (LandingPart part : parts) {
                PartWriter writer = new PartWriter(part, outcomes.size(), mapper.tables(), clean, rejects, force);
                read(part, writer);
                outcomes.add(writer.close());
            }
            force.await();
            return new RecordOutcome(outcomes, tallies.results());
        }
    }

    private void read(LandingPart part, PartWriter writer) throws InterruptedException {
        try (PartLines lines = new PartLines(part)) {
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                judge(line, writer);
                progress.row();
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    private void judge(PartLines.Line line, PartWriter writer) {
        Findings findings = new Findings();
        @Nullable Landed landed = landed(line, findings);
        List<Row> rows = landed == null ? List.of() : mapper.map(landed.record());
        tallies.count(findings, writer.name(), line.number());
        @Nullable RecordCheck rejectedBy = rejectedBy(findings);
        if (rejectedBy != null) {
            writer.reject(rejectedBy, rows, line.number(), findings, line.raw());
        } else if (landed != null) {
            writer.keep(rows, landed.observedAt());
            if (!findings.isEmpty()) {
                writer.flag(line.number(), findings, line.raw());
            }
        }
    }

    private record Landed(RecordFields record, Instant observedAt) {}

    /** The record with when it was seen; null where the line holds none, which is then told. */
    private @Nullable Landed landed(PartLines.Line line, Findings findings) {
        @Nullable ObjectNode object = object(line, findings);
        if (object == null) {
            RecordCheck.ALL.stream()
                    .filter(check -> check != RecordCheck.REQUIRED_FIELDS)
                    .forEach(findings::passOver);
            return null;
        }
        RecordFields fields = new RecordFields(object, contract, calendar.zone(), findings);
        Instant observedAt = fields.observedAt("observed_at");
        return new Landed(fields.requiredObject("record").asRoot(), observedAt);
    }

    private static @Nullable ObjectNode object(PartLines.Line line, Findings findings) {
        RawLine tooLong = line.tooLong();
        if (tooLong != null) {
            unreadable(findings, "line: " + tooLong.bytes() + " bytes (expected: at most " + Json.LINE_LIMIT + ")");
            return null;
        }
        LineJson json = LineJson.read(line.bytes(), 0, line.bytes().length);
        if (json instanceof LineJson.Unreadable wrong) {
            unreadable(findings, wrong.reason());
            return null;
        }
        return ((LineJson.Parsed) json).object();
    }

    private static void unreadable(Findings findings, String reason) {
        findings.fail(RecordCheck.REQUIRED_FIELDS, reason);
    }

    private @Nullable RecordCheck rejectedBy(Findings findings) {
        return findings.failed().stream()
                .filter(check -> !contract.has(check) || contract.rule(check).fate() == Fate.REJECT)
                .findFirst()
                .orElse(null);
    }
}
