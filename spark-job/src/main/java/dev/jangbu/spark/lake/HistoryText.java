package dev.jangbu.spark.lake;

import dev.jangbu.kit.json.Json;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A history as a table for people or as JSON for programs.
 *
 * @param zone in which times are told
 */
record HistoryText(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    List<String> lines(List<LakeSnapshot> states) {
        if (states.isEmpty()) {
            return List.of("nothing was put yet; java -jar spark-job.jar lake put events --ds D");
        }
        List<String> lines = new ArrayList<>();
        lines.add(row("snapshot", "at", "action", "day", "rows", "run", "state"));
        states.forEach(state -> lines.add(row(
                String.valueOf(state.id()),
                TIME.withZone(zone).format(state.at()),
                state.action(),
                state.day(),
                state.day().isEmpty() ? "" : String.format(Locale.ROOT, "%,d", state.rows()),
                state.run(),
                state(state))));
        return List.copyOf(lines);
    }

    String json(List<LakeSnapshot> states) {
        return Json.line(states.stream().map(this::fields).toList());
    }

    private Map<String, Object> fields(LakeSnapshot state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        // As text: a program that has only doubles would round it.
        fields.put("snapshot", String.valueOf(state.id()));
        fields.put("at", state.at().toString());
        fields.put("action", state.action());
        fields.put("day", state.day());
        fields.put("rows", state.rows());
        fields.put("run_id", state.run());
        fields.put("state", state(state));
        return fields;
    }

    private static String state(LakeSnapshot state) {
        return state.state().name().toLowerCase(Locale.ROOT);
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-20s  %-19s  %-8s  %-10s  %12s  %-33s  %s", (Object[]) cells)
                .stripTrailing();
    }
}
