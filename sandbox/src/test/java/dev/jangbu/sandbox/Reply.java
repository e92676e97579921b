package dev.jangbu.sandbox;

import dev.jangbu.sandbox.http.Json;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** What came back. */
public record Reply(HttpResponse<String> response) {
    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    public JsonNode json() {
        return Json.mapper().readTree(response.body());
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
