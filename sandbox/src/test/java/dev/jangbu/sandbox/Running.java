package dev.jangbu.sandbox;

import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.shop.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One sandbox for all tests of the module; each test resets it. Its clock stands still. */
public final class Running {
    public static final String NOW = "2026-03-02T09:00:00+09:00";

    private static final Sandbox SANDBOX = Sandbox.start(new Sandbox.Settings(
            0,
            true,
            new StageSettings(7, Scenario.DEFAULT, OffsetDateTime.parse(NOW).toInstant(), false)));
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private Running() {}

    public static String url() {
        return SANDBOX.url();
    }

    public static Reply get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public static Reply post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)).build());
    }

    public static Reply delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Throws where the connection was closed without an answer. */
    public static Reply send(HttpRequest request) {
        try {
            return new Reply(CLIENT.send(request, BodyHandlers.ofString()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public static void reset(String scenario) {
        control("/reset", Map.of("seed", 7, "scenario", scenario, "now", NOW, "running", false));
    }

    public static void advance(Duration duration) {
        control("/clock", Map.of("advance", duration.toString()));
    }

    public static void setClock(String time) {
        control("/clock", Map.of("set", time));
    }

    public static void fault(String channel, String path, String kind, int times, int after) {
        control(
                "/faults",
                Map.of(
                        "match",
                        Map.of("channel", channel, "path", path),
                        "kind",
                        kind,
                        "times",
                        times,
                        "after",
                        after));
    }

    public static JsonNode control(String path, Map<String, ?> body) {
        Reply reply = post("/__sandbox" + path, Json.mapper().writeValueAsString(body));
        if (reply.status() >= 300) {
            throw new IllegalStateException(path + ": " + reply.status() + " " + reply.body());
        }
        return reply.json();
    }

    public static JsonNode truth(String query) {
        return get("/__sandbox/truth/" + query).json();
    }

    /** The first shop's credentials. */
    public static JsonNode accounts() {
        return get("/__sandbox/accounts").json().get("accounts").get(0);
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        URI uri = URI.create(path.startsWith("http") ? path : url() + path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder;
    }
}
