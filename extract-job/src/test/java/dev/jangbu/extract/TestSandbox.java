package dev.jangbu.extract;

import dev.jangbu.extract.http.TestTime;
import dev.jangbu.kit.json.Json;
import dev.jangbu.sandbox.Sandbox;
import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.shop.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One sandbox for all tests of the module; each test resets it. Its clock moves only when a test's time does. */
public final class TestSandbox {
    public static final String NOW = "2026-03-02T09:00:00+09:00";

    /** A shop of few orders, where many runs are made. */
    public static final String SMALL = "small";

    /** What a connector needs to ask this machine. */
    public static final Map<String, String> ENVIRONMENT = Map.of("JANGBU_PROFILE", "sandbox");

    private static final Sandbox SANDBOX = Sandbox.start(new Sandbox.Settings(
            0,
            true,
            new StageSettings(7, Scenario.DEFAULT, OffsetDateTime.parse(NOW).toInstant(), false)));
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private TestSandbox() {}

    public static String url() {
        return SANDBOX.url();
    }

    /** Everything anew at {@link #NOW}; the time by which the sandbox goes from then on. */
    public static TestTime reset(String scenario) {
        return reset(scenario, NOW);
    }

    public static TestTime reset(String scenario, String now) {
        post("/reset", Map.of("seed", 7, "scenario", scenario, "now", now, "running", false));
        return time(now);
    }

    /** As {@link #reset}, with the shop {@link #SMALL} beside. */
    public static TestTime resetSmall(String now) {
        TestTime time = reset("default", now);
        post("/accounts", Map.of("shop", SMALL, "orders_per_day", 3, "products", 110));
        return time;
    }

    /** Back to an instant, with all that was done to the sandbox since. */
    public static TestTime backTo(String now) {
        post("/clock", Map.of("set", now));
        return time(now);
    }

    private static TestTime time(String now) {
        return new TestTime(
                OffsetDateTime.parse(now).toInstant(), wait -> post("/clock", Map.of("advance", wait.toString())));
    }

    /** Queues a fault. */
    public static void fault(String channel, String path, String kind, int times, int after) {
        Map<String, String> match = Map.of("channel", channel, "path", path);
        post("/faults", Map.of("match", match, "kind", kind, "times", times, "after", after));
    }

    /** Credentials of a shop; {@code hlogdemo} is the first. */
    public static JsonNode account(String shop) {
        return get("/accounts")
                .get("accounts")
                .valueStream()
                .filter(account -> account.get("shop").asString().equals(shop))
                .findFirst()
                .orElseThrow();
    }

    /** How an account of a channel was used. */
    public static JsonNode stats(String channel) {
        return get("/truth/stats")
                .get("accounts")
                .valueStream()
                .filter(account -> account.get("channel").asString().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    /** Below {@code /__sandbox}. */
    public static JsonNode get(String path) {
        return Json.mapper().readTree(send(control(path).GET().build()).body());
    }

    /** Below {@code /__sandbox}. */
    public static JsonNode post(String path, Map<String, ?> body) {
        HttpResponse<String> answer = send(
                control(path).POST(BodyPublishers.ofString(Json.line(body))).build());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return Json.mapper().readTree(answer.body());
    }

    /** Where a call redirects to. */
    public static String redirect(String path) {
        return send(control(path).GET().build())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static HttpRequest.Builder control(String path) {
        return HttpRequest.newBuilder(URI.create(url() + "/__sandbox" + path)).timeout(Duration.ofMinutes(2));
    }
}
