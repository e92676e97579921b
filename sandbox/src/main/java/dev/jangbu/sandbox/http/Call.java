package dev.jangbu.sandbox.http;

import dev.jangbu.sandbox.faults.Directives;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a platform is asked.
 *
 * @param path decoded, below the platform's own base, such as {@code /admin/orders}
 * @param headers by lower-case name
 * @param body as UTF-8
 * @param base where the sandbox listens, such as {@code http://127.0.0.1:9500}
 * @param now the same for the whole call
 */
public record Call(
        String method,
        String path,
        Parameters query,
        Map<String, String> headers,
        String body,
        String base,
        Instant now,
        Directives directives) {
    public Call {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isForm() {
        return hasType("application/x-www-form-urlencoded");
    }

    public boolean isJson() {
        return hasType("application/json");
    }

    /** The body as a form; empty where it is none. */
    public Parameters form() {
        return isForm() ? Parameters.parse(body) : Parameters.parse("");
    }

    /** The value behind {@code Bearer}. */
    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring(7));
    }

    public boolean is(String expectedMethod, String expectedPath) {
        return method.equals(expectedMethod) && path.equals(expectedPath);
    }

    /** The same call at another time. */
    public Call at(Instant otherTime) {
        return new Call(method, path, query, headers, body, base, otherTime, directives);
    }

    /** The same call, struck by faults. */
    public Call suffering(Directives faults) {
        return new Call(method, path, query, headers, body, base, now, faults);
    }

    private boolean hasType(String type) {
        return header("content-type")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(type))
                .isPresent();
    }
}
