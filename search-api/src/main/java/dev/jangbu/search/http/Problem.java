package dev.jangbu.search.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jangbu.kit.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An error as the answer tells it (RFC 9457): what is wrong, and where a parameter is, its name, the value met and what
 * was expected.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String name,
        @Nullable String value,
        @Nullable String expected) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }

    /** A parameter, or a field of a body, that cannot be taken. */
    public static Problem ofValue(int status, String name, String value, String expected) {
        return new Problem(
                "about:blank",
                title(status),
                status,
                name + ": " + value + " (expected: " + expected + ")",
                name,
                value,
                expected);
    }

    private static String title(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            default -> "Bad request";
        };
    }

    public byte[] json() {
        return Json.mapper().writeValueAsBytes(this);
    }
}
