package dev.jangbu.search.anomalies;

import dev.jangbu.kit.json.Json;
import dev.jangbu.search.http.ProblemException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A decision about an anomaly, as it was kept. */
public record Review(
        String id,
        String state,
        String reviewedBy,
        OffsetDateTime reviewedAt,
        @Nullable String note) {
    /** What can be decided. */
    public static final List<String> DECISIONS = List.of("confirmed", "dismissed");

    private static final int LONGEST_NOTE = 2_000;

    /** A decision that is asked for. @throws ProblemException for one that is none */
    public record Wish(String state, @Nullable String note) {
        public Wish {
            if (!DECISIONS.contains(state)) {
                throw ProblemException.badValue(
                        "state", state.isEmpty() ? "none" : state, String.join(", ", DECISIONS));
            }
            note = note == null || note.isBlank() ? null : note.strip();
            if (note != null && (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0)) {
                throw ProblemException.badValue("note", note, "text of at most " + LONGEST_NOTE + " characters");
            }
        }

        /** @throws ProblemException for a body that is not {@code {"state": …, "note": …}} */
        public static Wish parse(byte[] body) {
            try {
                JsonNode json = Json.mapper().readTree(body);
                if (json.isObject() && json.propertyNames().stream().allMatch(List.of("state", "note")::contains)) {
                    return new Wish(
                            json.path("state").asString(""),
                            json.path("note").isNull()
                                    ? null
                                    : json.path("note").asString(""));
                }
            } catch (JacksonException notJson) {
                // Told below.
            }
            throw ProblemException.badValue("body", "another", "{\"state\": \"confirmed\", \"note\": \"…\"}");
        }
    }
}
