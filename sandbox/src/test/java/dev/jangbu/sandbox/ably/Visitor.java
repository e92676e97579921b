package dev.jangbu.sandbox.ably;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** A seller with a cookie. */
public final class Visitor {
    private final String cookie;

    private Visitor(String cookie) {
        this.cookie = cookie;
    }

    public static Visitor letIn() {
        return new Visitor(logIn(password()).header("Set-Cookie").replaceAll(";.*", ""));
    }

    static Reply logIn(String password) {
        String form = "email=" + encoded(email()) + "&password=" + encoded(password);
        return Running.post("/ably/login", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    static String email() {
        return seller().get("email").asString();
    }

    static String password() {
        return seller().get("password").asString();
    }

    public Reply get(String path) {
        return Running.get("/ably" + path, "Cookie", cookie);
    }

    byte[] download(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Running.url() + "/ably" + path))
                .header("Cookie", cookie)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static JsonNode seller() {
        return Running.accounts().get("ably");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
