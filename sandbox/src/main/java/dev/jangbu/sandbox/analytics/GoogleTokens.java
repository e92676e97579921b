package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.ServiceAccount;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Draw;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code POST /google/token}: tokens for assertions that a service account signed. Keeps the last 10,000. */
public final class GoogleTokens implements Platform {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";
    private static final String SCOPE = "https://www.googleapis.com/auth/analytics.readonly";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final long SKEW_SECONDS = 300;
    private static final int LIMIT = 10_000;

    private record Issued(String email, Instant expiresAt) {}

    private final Accounts accounts;
    private final long seed;
    private final Map<String, Issued> tokens = new LinkedHashMap<>();
    private long issued;

    public GoogleTokens(Accounts accounts, long seed) {
        this.accounts = accounts;
        this.seed = seed;
    }

    @Override
    public String channel() {
        return Channel.GA4.text();
    }

    @Override
    public String prefix() {
        return "/google";
    }

    @Override
    public boolean isTokenCall(Call call) {
        return true;
    }

    @Override
    public String account(Call call) {
        String[] parts = call.form().get("assertion", "").split("\\.", -1);
        return parts.length == 3 ? text(decodedOrEmpty(parts[1]), "iss") : "";
    }

    @Override
    public Answer failure(Call call, int status) {
        return Answer.json(status, Fields.of("error", "internal_failure").with("error_description", "Try again."));
    }

    @Override
    public boolean canSuffer(FaultKind kind, Call call) {
        return DataApi.isPossible(kind);
    }

    @Override
    public Answer answer(Call call) {
        if (!call.is("POST", "/token") || !call.isForm()) {
            throw refused("invalid_request", "POST a form to /token.");
        }
        if (!call.form().get("grant_type", "").equals(GRANT)) {
            throw refused("unsupported_grant_type", "Invalid grant_type");
        }
        ServiceAccount account = verified(call);
        return Answer.json(
                200,
                Fields.of("access_token", issue(account.email(), call.now()))
                        .with("expires_in", LIFE.toSeconds() - 1)
                        .with("token_type", "Bearer"));
    }

    /** Whose token it is, while it is good. */
    synchronized Optional<String> owner(String token, Instant now) {
        return Optional.ofNullable(tokens.get(token))
                .filter(known -> now.isBefore(known.expiresAt()))
                .map(Issued::email);
    }

    synchronized void expire(String token) {
        tokens.remove(token);
    }

    private synchronized String issue(String email, Instant now) {
        if (tokens.size() >= LIMIT) {
            tokens.remove(tokens.keySet().iterator().next());
        }
        issued++;
        String token =
                "sbxG.%016x".formatted(Draw.of(seed, "google", email, issued).next());
        tokens.put(token, new Issued(email, now.plus(LIFE)));
        return token;
    }

    private ServiceAccount verified(Call call) {
        String[] parts = call.form().get("assertion", "").split("\\.", -1);
        if (parts.length != 3) {
            throw refused("invalid_grant", "Invalid JWT: not three parts");
        }
        JsonNode header = read(parts[0]);
        JsonNode claims = read(parts[1]);
        ServiceAccount account = accounts.serviceAccount(text(claims, "iss"))
                .orElseThrow(() -> refused("invalid_grant", "Invalid grant: account not found"));
        boolean isRightKey = !header.has("kid") || text(header, "kid").equals(account.keyId());
        if (!text(header, "alg").equals("RS256") || !isRightKey || !isSigned(parts, account)) {
            throw refused("invalid_grant", "Invalid JWT Signature.");
        }
        requireClaims(claims, call);
        return account;
    }

    private static void requireClaims(JsonNode claims, Call call) {
        String audience = text(claims, "aud");
        if (!audience.equals(AUDIENCE) && !audience.equals(call.base() + "/google/token")) {
            throw refused("invalid_grant", "Invalid JWT: Failed audience check.");
        }
        if (!Arrays.asList(text(claims, "scope").split(" ", -1)).contains(SCOPE)) {
            throw refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        long iat = claims.path("iat").asLong(0);
        long exp = claims.path("exp").asLong(0);
        long now = call.now().getEpochSecond();
        if (exp > iat + 3_600 || exp <= now || iat > now + SKEW_SECONDS || exp <= iat) {
            throw refused(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                            + " Check your iat and exp values in the JWT claim.");
        }
    }

    private static boolean isSigned(String[] parts, ServiceAccount account) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(account.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return false;
        }
    }

    private static JsonNode read(String part) {
        JsonNode node = decodedOrEmpty(part);
        if (node.isEmpty()) {
            throw refused("invalid_grant", "Invalid JWT: not JSON");
        }
        return node;
    }

    private static JsonNode decodedOrEmpty(String part) {
        try {
            return Json.mapper().readTree(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException | JacksonException broken) {
            return Json.mapper().createObjectNode();
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static Refused refused(String error, String description) {
        return new Refused(Answer.json(400, Fields.of("error", error).with("error_description", description)));
    }
}
