package dev.jangbu.kit.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run tells at its end: the last line of its output, its file under {@code runs/}, its row in
 * {@code ops.pipeline_run_log}. Steps add facts as they learn them; thread-safe.
 */
public final class RunSummary {
    private final Map<String, Object> facts = new LinkedHashMap<>();

    /** Adds a fact such as {@code rows}; the same name again replaces it. Values are JSON: numbers, text, lists, maps. */
    public synchronized RunSummary fact(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    public synchronized Map<String, Object> facts() {
        return new LinkedHashMap<>(facts);
    }
}
