package dev.jangbu.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names and values of a query or a form, in their order; a plus is a blank, as in any form. */
public record Parameters(List<Parameter> list) {
    public record Parameter(String name, String value) {}

    public Parameters {
        list = List.copyOf(list);
    }

    /** Of the text behind the question mark, or of a form's body. */
    public static Parameters parse(String text) {
        List<Parameter> found = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int at = pair.indexOf('=');
                String name = at < 0 ? pair : pair.substring(0, at);
                found.add(new Parameter(decoded(name), at < 0 ? "" : decoded(pair.substring(at + 1))));
            }
        }
        return new Parameters(found);
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** The first of that name; a parameter without a value counts as absent. */
    public Optional<String> first(String name) {
        return list.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    public String get(String name, String otherwise) {
        return first(name).orElse(otherwise);
    }

    /** The values of a comma list, and of the name repeated; none where it is absent. */
    public List<String> each(String name) {
        List<String> values = new ArrayList<>();
        for (Parameter parameter : list) {
            if (parameter.name().equals(name)) {
                for (String value : parameter.value().split(",", -1)) {
                    if (!value.isBlank()) {
                        values.add(value.strip());
                    }
                }
            }
        }
        return values;
    }

    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        list.forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new Refused(Answer.text(400, "broken percent-encoding: " + text), broken);
        }
    }
}
