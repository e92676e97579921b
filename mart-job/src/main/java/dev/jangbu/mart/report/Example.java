package dev.jangbu.mart.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record that failed a check, as the quality report tells it. The reason may quote the record, so personal data that
 * has a known shape is masked.
 *
 * @param line of the file, from 1; null where the report does not say
 */
public record Example(String file, @Nullable Long line, String reason) {
    private static final int LONGEST = 300;

    public Example {
        reason = PlainText.cut(PlainText.masked(reason), LONGEST);
    }

    /** The examples of one check of a quality report. */
    static List<Example> listOf(JsonNode examples) {
        List<Example> list = new ArrayList<>();
        for (JsonNode example : examples) {
            list.add(of(example));
        }
        return list;
    }

    private static Example of(JsonNode example) {
        if (!example.isObject()) {
            return new Example("", null, example.asString(example.toString()));
        }
        JsonNode line = example.path("line");
        return new Example(
                example.path("file").asString(""),
                line.isIntegralNumber() ? Long.valueOf(line.longValue()) : null,
                example.path("reason").asString(""));
    }
}
