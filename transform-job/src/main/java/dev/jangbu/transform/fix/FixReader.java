package dev.jangbu.transform.fix;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads files of rules, strictly: what is not understood is refused by its place, its value and what was expected. */
public final class FixReader {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_RULES = 1_000;
    private static final List<String> ACTIONS = List.of("set", "map", "replace", "number", "remove", "rename");
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private FixReader() {}

    /**
     * @param option what named the file, for the message: {@code --mapping}
     * @throws JobFailure with {@link ExitCode#USAGE} when there is no such file, or it is none of rules
     */
    public static Fix read(String option, String name) {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(ExitCode.USAGE, option + ": " + name + " (expected: a YAML file of rules)");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return of(name, bytes);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (JacksonException notYaml) {
            throw refused(option, name, firstLine(notYaml.getOriginalMessage()), notYaml);
        } catch (IllegalArgumentException wrong) {
            throw refused(option, name, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Fix of(String name, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "file: " + bytes.length + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        JsonNode file = YAML.readTree(bytes);
        requireKeys("file", file, "why", "rules");
        JsonNode rules = file.path("rules");
        if (!rules.isArray() || rules.isEmpty() || rules.size() > MOST_RULES) {
            throw wrong("rules", rules, "a list of 1 to " + MOST_RULES + " rules");
        }
        List<Rule> read = new ArrayList<>();
        for (int index = 0; index < rules.size(); index++) {
            read.add(rule("rules[" + (index + 1) + "]", rules.get(index)));
        }
        String why = file.has("why") ? text("why", file.path("why")) : "";
        String fileName = String.valueOf(Path.of(name).getFileName());
        return new Fix(fileName, HexFormat.of().formatHex(RawLine.newDigest().digest(bytes)), why, read);
    }

    private static Rule rule(String at, JsonNode rule) {
        requireKeys(at, rule, "when", "field", "set", "map", "replace", "number", "remove", "rename");
        FieldPath field = path(at + ".field", rule.path("field"));
        List<String> actions = ACTIONS.stream().filter(rule::has).toList();
        if (actions.size() != 1) {
            throw new IllegalArgumentException(
                    at + ": " + (actions.isEmpty() ? "no action" : String.join(" and ", actions))
                            + " (expected: one of " + String.join(", ", ACTIONS) + ")");
        }
        String action = actions.get(0);
        if (field.isLine() && !"replace".equals(action)) {
            throw new IllegalArgumentException(at + "." + action + ": of $line (expected: replace)");
        }
        JsonNode when = rule.path("when");
        if (!when.isMissingNode()) {
            requireKeys(at + ".when", when, "check", "field", "equals");
        }
        return new Rule(
                when.has("check") ? check(at + ".when.check", when.path("check")) : null,
                condition(at + ".when", when),
                field,
                action(at + "." + action, action, rule.path(action)));
    }

    private static @Nullable Condition condition(String at, JsonNode when) {
        if (when.has("field") != when.has("equals")) {
            throw new IllegalArgumentException(at + ": field or equals alone (expected: both, or neither)");
        }
        if (!when.has("field")) {
            return null;
        }
        FieldPath field = path(at + ".field", when.path("field"));
        if (field.isLine()) {
            throw new IllegalArgumentException(at + ".field: $line (expected: a field of the record)");
        }
        JsonNode value = when.path("equals");
        if (!value.isNull()) {
            requireScalar(at + ".equals", value);
        }
        return new Condition(field, value);
    }

    private static Check check(String at, JsonNode value) {
        return Check.ALL.stream()
                .filter(check -> value.isString() && check.id().equals(value.stringValue()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        at, value, "one of " + Check.ALL.stream().map(Check::id).collect(Collectors.joining(", "))));
    }

    private static Action action(String at, String action, JsonNode value) {
        return switch (action) {
            case "set" -> new Action.Set(requireScalar(at, value));
            case "map" -> new Action.Translate(translation(at, value));
            case "replace" -> replacement(at, value);
            case "number" -> requireTrue(at, value, new Action.ToNumber());
            case "remove" -> requireTrue(at, value, new Action.Remove());
            default -> new Action.Rename(newName(at, value));
        };
    }

    private static Map<String, JsonNode> translation(String at, JsonNode value) {
        if (!value.isObject() || value.isEmpty()) {
            throw wrong(at, value, "old values, each with its new one");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            values.put(entry.getKey(), requireScalar(at + "." + entry.getKey(), entry.getValue()));
        });
        return values;
    }

    private static Action.Replace replacement(String at, JsonNode value) {
        requireKeys(at, value, "pattern", "with");
        String pattern = text(at + ".pattern", value.path("pattern"));
        String with = text(at + ".with", value.path("with"));
        try {
            requireGroups(pattern, with);
            return new Action.Replace(Pattern.compile(pattern), with);
        } catch (PatternSyntaxException notOne) {
            throw new IllegalArgumentException(
                    at + ".pattern: " + pattern + " (expected: a regular expression; " + notOne.getDescription() + ")",
                    notOne);
        } catch (IndexOutOfBoundsException | IllegalArgumentException noGroup) {
            throw new IllegalArgumentException(
                    at + ".with: " + with + " (expected: text with groups of the pattern as $1; "
                            + firstLine(String.valueOf(noGroup.getMessage())) + ")",
                    noGroup);
        }
    }

    /** A replacement that names a group the pattern does not have would only fail on the first line that matches. */
    private static void requireGroups(String pattern, String with) {
        var matcher = Pattern.compile("(?:" + pattern + ")|").matcher("");
        if (matcher.find()) {
            matcher.appendReplacement(new StringBuilder(), with);
        }
    }

    private static String newName(String at, JsonNode value) {
        FieldPath path = path(at, value);
        if (path.isLine() || !path.parents().isEmpty()) {
            throw wrong(at, value, "the new name alone, such as user_id");
        }
        return path.name();
    }

    private static FieldPath path(String at, JsonNode value) {
        String text = text(at, value);
        try {
            return FieldPath.parse(text);
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(at + ": " + none.getMessage(), none);
        }
    }

    private static <T> T requireTrue(String at, JsonNode value, T then) {
        if (!value.isBoolean() || !value.booleanValue()) {
            throw wrong(at, value, "true");
        }
        return then;
    }

    private static JsonNode requireScalar(String at, JsonNode value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw wrong(at, value, "a text, a number, true or false");
        }
        return value;
    }

    private static String text(String at, JsonNode value) {
        if (!value.isString()) {
            throw wrong(at, value, "a text");
        }
        return value.stringValue();
    }

    private static void requireKeys(String at, JsonNode node, String... known) {
        if (!node.isObject()) {
            throw wrong(at, node, "keys " + String.join(", ", known));
        }
        List<String> keys = List.of(known);
        for (String key : node.propertyNames()) {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(at + ": " + key + " (expected: " + String.join(", ", known) + ")");
            }
        }
    }

    private static IllegalArgumentException wrong(String at, JsonNode value, String expected) {
        String shown = value.isMissingNode() ? "not there" : firstLine(value.toString());
        return new IllegalArgumentException(at + ": " + shown + " (expected: " + expected + ")");
    }

    private static JobFailure refused(String option, String name, String why, Exception cause) {
        return new JobFailure(ExitCode.USAGE, option + " " + name + ": " + why, cause);
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("unreadable");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
