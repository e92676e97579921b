package dev.jangbu.transform.records;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.check.LineJson;
import dev.jangbu.transform.contract.Fate;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.reject.RawLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Judges a landing line as far as that can be done without the others. Of one thread at a time. */
final class RecordJudge {
    private final RecordContract contract;
    private final RecordMapper mapper;
    private final BusinessCalendar calendar;
    private final @Nullable LineScanner scanner;

    /**
     * A line as it was judged so far.
     *
     * @param tables of the rows that come of it, rejected or not
     * @param csv the rows as they are written; none where it is rejected already
     */
    record Judged(PartLines.Line line, Findings findings, List<Table> tables, List<byte[]> csv) {}

    RecordJudge(RecordContract contract, RecordMapper mapper, BusinessCalendar calendar) {
        this.contract = contract;
        this.mapper = mapper;
        this.calendar = calendar;
        this.scanner = mapper.scanner(contract);
    }

    /** Another that judges alike, for another thread. */
    RecordJudge twin() {
        return new RecordJudge(contract, mapper, calendar);
    }

    Judged judge(PartLines.Line line) {
        LineScanner.Scanned scanned = scanner == null || line.tooLong() != null ? null : scanner.scan(line.bytes());
        return scanned == null
                ? judgeFields(line)
                : new Judged(line, scanned.findings(), List.of(scanned.table()), List.of(scanned.csv()));
    }

    private Judged judgeFields(PartLines.Line line) {
        Findings findings = new Findings();
        @Nullable ObjectNode object = object(line, findings);
        if (object == null) {
            RecordCheck.ALL.stream()
                    .filter(check -> check != RecordCheck.REQUIRED_FIELDS)
                    .forEach(findings::passOver);
            return new Judged(line, findings, List.of(), List.of());
        }
        RecordFields fields = new RecordFields(object, contract, calendar.zone(), findings);
        Instant observedAt = fields.observedAt("observed_at");
        List<Row> rows = mapper.map(fields.requiredObject("record").asRoot());
        List<byte[]> csv = rejectedBy(findings) == null
                ? rows.stream().map(row -> row.toBytes(observedAt)).toList()
                : List.of();
        return new Judged(line, findings, rows.stream().map(Row::table).toList(), csv);
    }

    /** The first check that rejects the record; null where it is kept. */
    @Nullable
    RecordCheck rejectedBy(Findings findings) {
        if (findings.isEmpty()) {
            return null;
        }
        return findings.failed().stream()
                .filter(check -> !contract.has(check) || contract.rule(check).fate() == Fate.REJECT)
                .findFirst()
                .orElse(null);
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
}
