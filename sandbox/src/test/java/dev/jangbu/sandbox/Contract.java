package dev.jangbu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What the documentation shows has to be in the answer. */
public final class Contract {
    private Contract() {}

    public static JsonNode sample(String name) {
        String file = "samples/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(Contract.class.getResourceAsStream(file), file)) {
            return Json.mapper().readTree(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every field of the sample, at every depth; of a list its first. */
    public static void requireFields(String name, JsonNode answer) {
        requireFields(sample(name), answer, name);
    }

    private static void requireFields(JsonNode sample, JsonNode answer, String at) {
        if (sample.isObject() && answer.isObject()) {
            assertThat(answer.propertyNames()).as(at).containsAll(sample.propertyNames());
            sample.properties()
                    .forEach(field ->
                            requireFields(field.getValue(), answer.get(field.getKey()), at + "." + field.getKey()));
        } else if (sample.isArray() && !sample.isEmpty()) {
            assertThat(answer.isArray() && !answer.isEmpty())
                    .as(at + " is a list that holds something")
                    .isTrue();
            requireFields(sample.get(0), answer.get(0), at + "[0]");
        } else if (!sample.isNull() && !answer.isNull()) {
            assertThat(answer.isValueNode()).as(at).isEqualTo(sample.isValueNode());
        }
    }
}
