package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An app that the mall's operator let in. */
public final class Operator {
    static final String ALL = "mall.read_category mall.read_product mall.read_order mall.read_promotion";
    static final String RETURN_TO = "http://127.0.0.1:39000/callback";
    static final String API = "/cafe24/hlogdemo/api/v2";

    private final String api;
    private final String token;

    private Operator(String api, String token) {
        this.api = api;
        this.token = token;
    }

    /** Of another mall. */
    static Operator of(String mall) {
        return new Operator(API.replace("hlogdemo", mall), letIn(mall, ALL));
    }

    public static Operator letIn() {
        return letIn(ALL);
    }

    static Operator letIn(String scopes) {
        return new Operator(API, token(code(scopes)).json().get("access_token").asString());
    }

    /** The token of another mall. */
    static String letIn(String mall, String scopes) {
        String location = Running.get("/__sandbox/cafe24/" + mall + "/authorize?" + asked(scopes, RETURN_TO))
                .header("Location");
        String form = "grant_type=authorization_code&code=" + location.replaceAll(".*[?&]code=([^&]*).*", "$1")
                + "&redirect_uri=" + encoded(RETURN_TO);
        return post(mall, form).json().get("access_token").asString();
    }

    public Reply get(String path) {
        return Running.get(path.startsWith("http") ? path : api + path, "Authorization", "Bearer " + token);
    }

    static String code(String scopes) {
        String location = consent(scopes, RETURN_TO).header("Location");
        return location.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    static Reply consent(String scopes, String returnTo) {
        return Running.get("/__sandbox/cafe24/hlogdemo/authorize?" + asked(scopes, returnTo));
    }

    static String asked(String scopes, String returnTo) {
        return "response_type=code&client_id=sbx-client&state=s1&redirect_uri=" + encoded(returnTo) + "&scope="
                + encoded(scopes);
    }

    static Reply token(String code) {
        return post("grant_type=authorization_code&code=" + code + "&redirect_uri=" + encoded(RETURN_TO));
    }

    static Reply refresh(String refreshToken) {
        return post("grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    static Reply post(String form) {
        return post("hlogdemo", form);
    }

    private static Reply post(String mall, String form) {
        return Running.post(
                "/cafe24/" + mall + "/api/v2/oauth/token",
                form,
                "Authorization",
                basic(),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    static String basic() {
        JsonNode mall = Running.accounts().get("cafe24");
        String pair = mall.get("client_id").asString() + ":"
                + mall.get("client_secret").asString();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
