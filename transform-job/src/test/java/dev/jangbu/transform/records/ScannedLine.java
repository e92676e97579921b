package dev.jangbu.transform.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jangbu.transform.check.LineJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * A landing line read both ways.
 *
 * @param scanned what the scanner makes of it; empty where it leaves it to the mapper
 * @param mapped what the mapper makes of it
 * @param told what the mapper tells of it
 */
public record ScannedLine(String scanned, String mapped, Map<String, String> told) {
    public static ScannedLine of(RecordMapper mapper, byte[] line) {
        RecordContract contract = RecordContractReader.packaged("card-sales", "mysql");
        LineScanner.Scanned scanned =
                Objects.requireNonNull(mapper.scanner(contract)).scan(line);
        String csv = scanned == null ? "" : new String(scanned.csv(), UTF_8);
        LineJson json = LineJson.read(line, 0, line.length);
        if (!(json instanceof LineJson.Parsed parsed) || !(parsed.object().get("record") instanceof ObjectNode)) {
            return new ScannedLine(csv, "", Map.of("required_fields", "unreadable"));
        }
        Findings findings = new Findings();
        RecordFields fields = new RecordFields(
                parsed.object(), contract, Mapped.shop().calendar().zone(), findings);
        Instant observedAt = fields.observedAt("observed_at");
        List<Row> rows = mapper.map(fields.requiredObject("record").asRoot());
        Map<String, String> told = new LinkedHashMap<>();
        findings.failed().forEach(check -> told.put(check.id(), findings.told(check)));
        return new ScannedLine(csv, new String(rows.get(0).toBytes(observedAt), UTF_8), told);
    }
}
