package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import dev.jangbu.sandbox.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A client with a token, which waits half a second before each call. */
public final class Seller {
    static final String BASE = "/naver/external";
    static final String CHANGED = "/v1/pay-order/seller/product-orders/last-changed-statuses";
    static final String QUERY = "/v1/pay-order/seller/product-orders/query";

    private final String token;

    private Seller(String token) {
        this.token = token;
    }

    public static Seller letIn() {
        return new Seller(token(form("SELF", 0)).json().get("access_token").asString());
    }

    /** Signed so many seconds ago. */
    static String form(String type, int secondsAgo) {
        JsonNode app = Running.accounts().get("naver");
        JsonNode state = Running.get("/__sandbox/").json();
        long now = OffsetDateTime.parse(state.get("now").asString()).toInstant().toEpochMilli();
        String timestamp = String.valueOf(now - secondsAgo * 1_000L);
        String clientId = app.get("client_id").asString();
        String signature = TokenEndpoint.signature(
                clientId, timestamp, app.get("client_secret").asString());
        return "client_id=" + clientId + "&timestamp=" + timestamp + "&client_secret_sign=" + encoded(signature)
                + "&grant_type=client_credentials&type=" + type;
    }

    static Reply token(String form) {
        return Running.post(BASE + "/v1/oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    Reply get(String path) {
        Running.advance(Duration.ofMillis(500));
        return getAtOnce(path);
    }

    public Reply getAtOnce(String path) {
        return Running.get(BASE + path, "Authorization", "Bearer " + token);
    }

    Reply post(String path, Object body) {
        Running.advance(Duration.ofMillis(500));
        return Running.post(
                BASE + path,
                Json.mapper().writeValueAsString(body),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    /** All changes of the window, page by page. */
    List<JsonNode> changed(String from, String to, int limit) {
        List<JsonNode> rows = new ArrayList<>();
        String next = "?lastChangedFrom=" + encoded(from);
        while (next != null) {
            JsonNode body = get(CHANGED + next + "&lastChangedTo=" + encoded(to) + "&limitCount=" + limit)
                    .json();
            JsonNode more = body.at("/data/more");
            body.at("/data/lastChangeStatuses").forEach(rows::add);
            next = more.isMissingNode()
                    ? null
                    : "?lastChangedFrom=" + encoded(more.get("moreFrom").asString()) + "&moreSequence="
                            + more.get("moreSequence").asString();
        }
        return rows;
    }

    List<JsonNode> details(List<String> ids) {
        List<JsonNode> found = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += 300) {
            List<String> part = ids.subList(start, Math.min(ids.size(), start + 300));
            post(QUERY, Map.of("productOrderIds", part)).json().get("data").forEach(found::add);
        }
        return found;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
