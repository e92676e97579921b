package dev.jangbu.extract.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Names and values as an HTML form sends them. */
final class Forms {
    private Forms() {}

    static ApiRequest.Body body(List<ApiRequest.Parameter> fields) {
        return new ApiRequest.Body(
                "application/x-www-form-urlencoded",
                fields.stream()
                        .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                        .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
