package dev.jangbu.sandbox;

import dev.jangbu.sandbox.faults.Directives;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Json;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer after the faults that strike what was written. */
final class Spoiled {
    private static final String MAINTENANCE =
            "<!doctype html><html lang=\"ko\"><head><title>시스템 점검</title></head><body>점검 중입니다.</body></html>";

    private Spoiled() {}

    static Answer of(Answer answer, Directives faults) {
        if (faults.has(FaultKind.HTML_200)) {
            return Answer.html(200, MAINTENANCE);
        }
        Answer spoiled = answer;
        if (faults.has(FaultKind.EMPTY_ARRAY_ONCE)) {
            spoiled = emptied(spoiled);
        }
        Optional<String> missing = faults.find(FaultKind.MISSING_FIELD).map(fault -> fault.argument());
        if (missing.isPresent()) {
            spoiled = without(spoiled, missing.get());
        }
        if (faults.has(FaultKind.TRUNCATED_JSON)) {
            byte[] whole = spoiled.bytes();
            spoiled = spoiled.replaced(Arrays.copyOf(whole, whole.length / 2));
        }
        return spoiled;
    }

    private static Answer emptied(Answer answer) {
        JsonNode tree = Json.mapper().readTree(answer.bytes());
        ArrayNode list = tree.get("rows") instanceof ArrayNode rows ? rows : firstList(tree);
        if (list != null) {
            list.removeAll();
        }
        return answer.replaced(Json.bytes(tree));
    }

    private static @Nullable ArrayNode firstList(JsonNode tree) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(tree);
        while (!open.isEmpty()) {
            JsonNode next = open.removeFirst();
            if (next instanceof ArrayNode list) {
                return list;
            }
            open.addAll(next.values());
        }
        return null;
    }

    private static Answer without(Answer answer, String field) {
        JsonNode tree = Json.mapper().readTree(answer.bytes());
        remove(tree, field);
        return answer.replaced(Json.bytes(tree));
    }

    private static void remove(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            object.remove(field);
        }
        node.values().forEach(child -> remove(child, field));
    }
}
