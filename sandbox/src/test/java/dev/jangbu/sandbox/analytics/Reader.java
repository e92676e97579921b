package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import dev.jangbu.sandbox.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A service account at work. */
public final class Reader {
    static final String SCOPE = "https://www.googleapis.com/auth/analytics.readonly";

    private final String token;
    private final String property;

    private Reader(String token, String property) {
        this.token = token;
        this.property = property;
    }

    public static Reader letIn() {
        return letIn(Running.accounts());
    }

    static Reader letIn(JsonNode account) {
        JsonNode key = account.at("/ga4/key_file");
        JsonNode answer = token(assertion(key, claims(key))).json();
        return new Reader(
                answer.get("access_token").asString(),
                account.at("/ga4/property_id").asString());
    }

    public Reply report(String body) {
        return report(property, body);
    }

    Reply report(String of, String body) {
        return Running.post(
                "/ga4/v1beta/properties/" + of + ":runReport",
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    static Reply token(String assertion) {
        return Running.post(
                "/google/token",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    static Map<String, Object> claims(JsonNode key) {
        long now = now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", key.get("client_email").asString());
        claims.put("scope", SCOPE);
        claims.put("aud", "https://oauth2.googleapis.com/token");
        claims.put("iat", now);
        claims.put("exp", now + 3_600);
        return claims;
    }

    static long now() {
        String now = Running.get("/__sandbox/").json().get("now").asString();
        return OffsetDateTime.parse(now).toEpochSecond();
    }

    static String assertion(JsonNode key, Map<String, Object> claims) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\""
                + key.get("private_key_id").asString() + "\"}";
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + encoded(Json.bytes(claims));
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(key.get("private_key").asString().replaceAll("-----[A-Z ]+-----", ""));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
