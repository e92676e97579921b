package dev.jangbu.transform.records;

import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.output.PartFile;
import dev.jangbu.transform.reject.RawLine;
import dev.jangbu.transform.reject.RefusedLine;
import dev.jangbu.transform.reject.RejectedLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files and the books of one part while it is read. Of one thread. */
final class PartWriter {
    private final LandingPart landing;
    private final Map<Table, TableWriter> tables = new LinkedHashMap<>();
    private final Table first;
    private final PartFile rejected;
    private final PartFile flagged;
    private final Map<RecordCheck, Long> rejectedBy = new EnumMap<>(RecordCheck.class);
    private long lines;
    private long flaggedLines;

    private static final class TableWriter {
        private final PartFile file;
        private final Map<RecordCheck, Long> rejectedBy = new EnumMap<>(RecordCheck.class);
        private long rows;

        private TableWriter(Table table, Path path, BackgroundForce force) {
            file = new PartFile(path, force);
            file.append((String.join(",", table.columns()) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    PartWriter(LandingPart landing, int part, List<Table> ofMapper, Path clean, Path rejects, BackgroundForce force) {
        this.landing = landing;
        for (Table table : ofMapper) {
            tables.put(table, new TableWriter(table, clean.resolve(named(table.name(), part, "csv")), force));
        }
        first = ofMapper.get(0);
        rejected = new PartFile(rejects.resolve(named("rejected", part, "jsonl")), force);
        flagged = new PartFile(rejects.resolve(named("flagged", part, "jsonl")), force);
    }

    String name() {
        return landing.name();
    }

    /**
     * @param rows the tables of the record's rows
     * @param csv the rows, as they are written
     */
    void keep(List<Table> rows, List<byte[]> csv) {
        lines++;
        for (int row = 0; row < rows.size(); row++) {
            TableWriter table = writer(rows.get(row));
            table.file.append(csv.get(row));
            table.rows++;
        }
    }

    void flag(long line, Findings findings, RawLine raw) {
        flagged.append(refused(line, findings, raw));
        flaggedLines++;
    }

    /** A record takes its rows with it; one without any counts as one of the first table. */
    void reject(RecordCheck check, List<Table> rows, long line, Findings findings, RawLine raw) {
        lines++;
        rejectedBy.merge(check, 1L, Long::sum);
        if (rows.isEmpty()) {
            writer(first).rejectedBy.merge(check, 1L, Long::sum);
        }
        rows.forEach(table -> writer(table).rejectedBy.merge(check, 1L, Long::sum));
        rejected.append(refused(line, findings, raw));
    }

    /** Ends the part; its files are durable once the {@link BackgroundForce} has been awaited. */
    RecordOutcome.Part close() {
        List<RecordOutcome.TableFile> files = tables.entrySet().stream()
                .map(entry -> close(entry.getKey(), entry.getValue()))
                .toList();
        return new RecordOutcome.Part(
                landing, lines, rejectedBy, flaggedLines, files, rejected.finish(), flagged.finish());
    }

    private static RecordOutcome.TableFile close(Table table, TableWriter writer) {
        return new RecordOutcome.TableFile(table, writer.rows, writer.rejectedBy, writer.file.finish());
    }

    private TableWriter writer(Table table) {
        return Objects.requireNonNull(tables.get(table), table.name());
    }

    private byte[] refused(long line, Findings findings, RawLine raw) {
        List<RejectedLine.Reason> reasons = findings.failed().stream()
                .map(check -> new RejectedLine.Reason(check.id(), findings.told(check)))
                .toList();
        return RefusedLine.write(landing.name(), line, reasons, raw);
    }

    private static String named(String name, int part, String extension) {
        return String.format("%s-%05d.%s", name, part, extension);
    }
}
