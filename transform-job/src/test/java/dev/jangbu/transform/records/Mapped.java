package dev.jangbu.transform.records;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a mapper makes of one record, outside of a job. */
public record Mapped(List<Map<String, String>> rows, List<String> tables, Map<String, String> told) {
    private static final Shop SHOP = new Shop("a-1", BusinessCalendar.seoul());

    /** By the dataset's own contract. */
    public static Mapped of(String dataset, Function<Shop, RecordMapper> mapper, String record) {
        return of(dataset, mapper.apply(SHOP), Json.mapper().readTree(record));
    }

    /** By a mapper that may have seen others. */
    public static Mapped of(String dataset, RecordMapper mapper, JsonNode record) {
        Findings findings = new Findings();
        RecordContract contract = RecordContractReader.packaged(dataset, "default");
        List<Row> rows = mapper.map(
                new RecordFields((ObjectNode) record, contract, SHOP.calendar().zone(), findings));
        findings.settle();
        Map<String, String> told = new LinkedHashMap<>();
        findings.failed().forEach(check -> told.put(check.id(), findings.told(check)));
        return new Mapped(
                rows.stream().map(Mapped::values).toList(),
                rows.stream().map(row -> row.table().name()).toList(),
                told);
    }

    public static Shop shop() {
        return SHOP;
    }

    /** The first row of a table. */
    public Map<String, String> row(String table) {
        return rows.get(tables.indexOf(table));
    }

    private static Map<String, String> values(Row row) {
        String csv = new String(row.toBytes(Instant.EPOCH), StandardCharsets.UTF_8);
        List<String> values = CsvLine.split(csv.substring(0, csv.length() - 1));
        Map<String, String> named = new LinkedHashMap<>();
        List<String> columns = row.table().columns();
        for (int column = 0; column < columns.size(); column++) {
            named.put(columns.get(column), values.get(column));
        }
        return named;
    }
}
