package dev.jangbu.extract.mapping;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A part of a mapping file with its place in it, so that whatever is wrong there is told by file and key. */
record Section(String file, String path, JsonNode node) {
    /** @throws JobFailure unless this is a list of keys, all of them known */
    Section requireKeys(String... known) {
        if (!node.isObject()) {
            throw wrong(told(), "keys: " + String.join(", ", known));
        }
        Set<String> expected = new TreeSet<>(List.of(known));
        for (String key : node.propertyNames()) {
            if (!expected.contains(key)) {
                throw failure(key(key) + ": unknown key (expected: " + String.join(", ", known) + ")");
            }
        }
        return this;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** The part below a key that must be there. */
    Section at(String key) {
        JsonNode below = node.get(key);
        if (below == null) {
            throw failure(key(key) + ": missing");
        }
        return new Section(file, key(key), below);
    }

    /** The parts below, by key. */
    Map<String, Section> members() {
        if (!node.isObject() || node.isEmpty()) {
            throw wrong(told(), "keys with values");
        }
        Map<String, Section> members = new LinkedHashMap<>();
        node.propertyNames().forEach(key -> members.put(key, at(key)));
        return members;
    }

    /** The elements of a list; a value that is no list is a list of one. */
    List<Section> elements() {
        if (!node.isArray()) {
            return List.of(this);
        }
        List<Section> elements = new ArrayList<>();
        for (int index = 0; index < node.size(); index++) {
            elements.add(new Section(file, path + "[" + index + "]", node.get(index)));
        }
        if (elements.isEmpty()) {
            throw wrong("[]", "at least one");
        }
        return elements;
    }

    List<String> texts() {
        return elements().stream().map(Section::text).toList();
    }

    /** A text, number or truth value as text; never empty. */
    String text() {
        String text =
                node.isString() ? node.stringValue() : node.isValueNode() && !node.isNull() ? node.asString() : "";
        if (text.isEmpty()) {
            throw wrong(told(), "a text");
        }
        return text;
    }

    /** A text, number, truth value, or null for YAML's null. */
    @Nullable
    Object scalar() {
        if (node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        throw wrong(told(), "a text, a number, true or false");
    }

    JobFailure wrong(String value, String expected) {
        return failure(path + ": " + value + " (expected: " + expected + ")");
    }

    private JobFailure failure(String problem) {
        return new JobFailure(ExitCode.USAGE, "mapping " + file + ": " + problem);
    }

    private String told() {
        String text = node.isString() ? node.stringValue() : node.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private String key(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
