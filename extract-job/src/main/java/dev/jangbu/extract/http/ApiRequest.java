package dev.jangbu.extract.http;

import dev.jangbu.kit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call, without the token. Shown by {@link #toString} without a value that is asked for.
 *
 * @param path below the base, such as {@code orders} or {@code v1/products/search}
 * @param query name and value, in the order they are sent
 * @param body null for none
 * @param isRead whether it may be sent again when no answer came
 * @param bucket whose rate limit it counts against
 */
public record ApiRequest(
        Method method,
        String path,
        List<Parameter> query,
        List<Parameter> headers,
        @Nullable Body body,
        boolean isRead,
        String bucket) {
    /** The whole platform's, where a platform counts all calls together. */
    public static final String ONE_BUCKET = "all";

    /** Of a call. */
    public enum Method {
        GET,
        POST
    }

    /** Of the query, of a form, or a header. */
    public record Parameter(String name, String value) {
        @Override
        public String toString() {
            return name + "=…";
        }
    }

    /** What is sent; never shown. */
    public record Body(String mediaType, String text) {
        @Override
        public String toString() {
            return mediaType + " of " + text.length() + " characters";
        }
    }

    public ApiRequest {
        query = List.copyOf(query);
        headers = List.copyOf(headers);
        if (path.startsWith("/") || path.contains("..") || path.contains("?")) {
            throw new IllegalArgumentException("path: " + path + " (expected: below the base, without a query)");
        }
    }

    public static ApiRequest get(String path) {
        return new ApiRequest(Method.GET, path, List.of(), List.of(), null, true, ONE_BUCKET);
    }

    /** A call that reads, although it is a POST. */
    public static ApiRequest search(String path, Object json) {
        Body body = new Body("application/json", Json.line(json));
        return new ApiRequest(Method.POST, path, List.of(), List.of(), body, true, ONE_BUCKET);
    }

    /** Of a token, for instance: not to be sent again in the dark. */
    public static ApiRequest form(String path, List<Parameter> fields) {
        return new ApiRequest(Method.POST, path, List.of(), List.of(), Forms.body(fields), false, ONE_BUCKET);
    }

    public ApiRequest with(String name, Object value) {
        return new ApiRequest(
                method, path, appended(query, name, String.valueOf(value)), headers, body, isRead, bucket);
    }

    public ApiRequest with(Map<String, ?> parameters) {
        ApiRequest all = this;
        for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
            all = all.with(parameter.getKey(), parameter.getValue());
        }
        return all;
    }

    public ApiRequest header(String name, String value) {
        return new ApiRequest(method, path, query, appended(headers, name, value), body, isRead, bucket);
    }

    public ApiRequest of(String otherBucket) {
        return new ApiRequest(method, path, query, headers, body, isRead, otherBucket);
    }

    /** For people: no value of the query. */
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + String.join("&", names()));
    }

    private List<String> names() {
        return query.stream().map(Parameter::name).toList();
    }

    private static List<Parameter> appended(List<Parameter> before, String name, String value) {
        List<Parameter> after = new ArrayList<>(before);
        after.add(new Parameter(name, value));
        return after;
    }
}
