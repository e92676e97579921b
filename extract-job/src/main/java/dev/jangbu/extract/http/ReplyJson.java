package dev.jangbu.extract.http;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads answers; what cannot be read is told by its shape, never by its values. */
final class ReplyJson {
    private static final JsonMapper SNAKE = Json.mapper()
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final JsonMapper CAMEL = SNAKE.rebuild()
            .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
            .build();

    private ReplyJson() {}

    static <T> T read(Reply reply, Class<T> type, Reply.Spelling spelling) {
        JsonMapper mapper = spelling == Reply.Spelling.SNAKE ? SNAKE : CAMEL;
        try {
            @Nullable T value = mapper.readValue(reply.body(), type);
            if (value == null) {
                throw schema(reply, "null (expected: an object)");
            }
            return value;
        } catch (JacksonException unreadable) {
            throw schema(reply, reason(unreadable));
        }
    }

    static JsonNode tree(Reply reply) {
        try {
            return SNAKE.readTree(reply.body());
        } catch (JacksonException none) {
            return MissingNode.getInstance();
        }
    }

    // Without the parser's message and cause: they may quote the answer.
    private static JobFailure schema(Reply reply, String reason) {
        return FailureKind.SCHEMA.failure(reply + ": " + reason + "; its shape: " + Shape.of(reply.body()));
    }

    private static String reason(JacksonException unreadable) {
        String path = unreadable.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof Promised.Absent absent) {
                return (path.isEmpty() ? "" : path + ": ") + absent.getMessage();
            }
        }
        return (path.isEmpty() ? "body" : path) + ": not readable (expected: as the platform promises)";
    }
}
