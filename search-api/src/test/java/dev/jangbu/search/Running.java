package dev.jangbu.search;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A server on a test's database, and a client of it. */
final class Running implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final SearchApi server;

    private Running(SearchApi server) {
        this.server = server;
    }

    static Running on(TestDatabase database) {
        return on(database, Map.of());
    }

    static Running on(TestDatabase database, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(settings);
        return new Running(
                SearchApi.start(SearchSettings.from(environment, new Workspace(Path.of("target")), "127.0.0.1", 0)));
    }

    SearchApi server() {
        return server;
    }

    String url() {
        return server.url();
    }

    /** A reply, whatever its status. */
    record Reply(int status, HttpResponse<String> whole) {
        String text() {
            return whole.body();
        }

        JsonNode json() {
            return Json.mapper().readTree(whole.body());
        }

        String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    /** @param headers names and values in turn */
    Reply get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).GET(), headers);
    }

    Reply post(String path, String body, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).POST(BodyPublishers.ofString(body)), headers);
    }

    /** With a key. */
    Reply ask(String key, String path) {
        return get(path, "X-API-Key", key);
    }

    private static Reply send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> reply = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Reply(reply.statusCode(), reply);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
