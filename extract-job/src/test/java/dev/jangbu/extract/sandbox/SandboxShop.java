package dev.jangbu.extract.sandbox;

import dev.jangbu.extract.TestSandbox;
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
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The sandbox's first shop: its log-ins, what is true of it, and how it was asked. */
public final class SandboxShop {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SandboxShop() {}

    /** Its log-in on a platform. */
    public static JsonNode account(String channel) {
        return TestSandbox.account("hlogdemo").get(channel);
    }

    /** Lines of the unified model. */
    public static List<JsonNode> truth(String query) {
        return TestSandbox.get("/truth/orders?" + query)
                .get("rows")
                .valueStream()
                .toList();
    }

    /** Sums of visits, a day each. */
    public static List<JsonNode> traffic(String from, String to) {
        return TestSandbox.get("/truth/traffic?from=" + from + "&to=" + to)
                .get("days")
                .valueStream()
                .toList();
    }

    /** All calls since the reset, but those of its control. */
    public static List<JsonNode> journal() {
        return TestSandbox.get("/journal?after=0").get("entries").valueStream().toList();
    }

    /** The file that the seller downloads from Ably. */
    public static byte[] ablyExport(String query) {
        JsonNode seller = account("ably");
        String form = "email=" + encoded(seller.get("email").asString()) + "&password="
                + encoded(seller.get("password").asString());
        String cookie = answer(request("/ably/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceAll(";.*", "");
        return answer(request("/ably/sales/order/export?" + query).header("Cookie", cookie))
                .body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(TestSandbox.url() + path));
    }

    private static HttpResponse<byte[]> answer(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
