package dev.jangbu.extract.sandbox;

import dev.jangbu.extract.http.TestTime;
import dev.jangbu.kit.json.Json;
import dev.jangbu.sandbox.Sandbox;
import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.shop.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One sandbox for all tests of the module, its clock standing; each test resets it. */
public final class SandboxShop {
    private static final long SEED = 7;
    private static final Sandbox SANDBOX = Sandbox.start(new Sandbox.Settings(
            0,
            true,
            new StageSettings(
                    SEED,
                    Scenario.DEFAULT,
                    OffsetDateTime.parse("2026-03-02T09:00:00+09:00").toInstant(),
                    false)));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SandboxShop() {}

    /** Everything anew, at an instant with offset. The clock it answers moves the sandbox's when somebody waits by it. */
    public static TestTime reset(String scenario, String now) {
        control("/reset", Map.of("seed", SEED, "scenario", scenario, "now", now, "running", false));
        return time(now);
    }

    /** A clock at an instant to which the sandbox's is set. */
    public static TestTime at(String now) {
        control("/clock", Map.of("set", now));
        return time(now);
    }

    private static TestTime time(String now) {
        return new TestTime(OffsetDateTime.parse(now).toInstant(), SandboxShop::advance);
    }

    public static void advance(Duration duration) {
        control("/clock", Map.of("advance", duration.toString()));
    }

    /** Log-ins of the first shop on a platform. */
    public static JsonNode account(String channel) {
        return get("/__sandbox/accounts").get("accounts").get(0).get(channel);
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

    public static List<JsonNode> truth(String query) {
        return get("/__sandbox/truth/orders?" + query).get("rows").valueStream().toList();
    }

    /** Calls so far, as method, path and status. */
    public static List<JsonNode> journal() {
        return get("/__sandbox/journal?after=0").get("entries").valueStream().toList();
    }

    /** The file that the seller of the first shop downloads. */
    public static byte[] ablyExport(String query) {
        JsonNode seller = account("ably");
        String form = "email=" + encoded(seller.get("email").asString()) + "&password="
                + encoded(seller.get("password").asString());
        HttpResponse<byte[]> in = answer(request("/ably/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        return answer(request("/ably/sales/order/export?" + query)
                        .header("Cookie", cookie)
                        .GET()
                        .build())
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    public static JsonNode control(String path, Map<String, ?> body) {
        return send(request("/__sandbox" + path)
                .POST(BodyPublishers.ofString(Json.line(body)))
                .build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SANDBOX.url() + path)).timeout(Duration.ofMinutes(2));
    }

    private static JsonNode send(HttpRequest request) {
        HttpResponse<byte[]> response = answer(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(request.uri() + ": " + response.statusCode());
        }
        return Json.mapper().readTree(response.body());
    }

    private static HttpResponse<byte[]> answer(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
