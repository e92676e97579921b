package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Tokens for signatures, all parameters in the body. */
final class TokenEndpoint {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private TokenEndpoint() {}

    static Answer answer(AppState app, Call call) {
        Parameters form = call.form();
        requireSane(call, form);
        String type = form.get("type", "");
        boolean isSeller = type.equals("SELLER");
        if (!isSeller && !type.equals("SELF")) {
            throw Problem.invalid(call, "type", "SELF or SELLER");
        }
        if (isSeller != form.has("account_id")) {
            throw Problem.invalid(call, "account_id", "with SELLER only");
        }
        if (isSeller && !form.get("account_id", "").equals(app.store().sellerId())) {
            throw Problem.invalid(call, "account_id", "unknown");
        }
        requireSigned(app, call, form);
        AppState.Issued issued = app.token(type, call.now());
        return Answer.json(
                200,
                Fields.of("access_token", issued.token())
                        .with(
                                "expires_in",
                                Duration.between(call.now(), issued.expiresAt()).toSeconds())
                        .with("token_type", "Bearer"));
    }

    private static void requireSane(Call call, Parameters form) {
        if (!call.isForm()) {
            throw Problem.invalid(call, "Content-Type", "application/x-www-form-urlencoded");
        }
        if (!form.get("grant_type", "").equals("client_credentials")) {
            throw Problem.invalid(call, "grant_type", "client_credentials");
        }
    }

    private static void requireSigned(AppState app, Call call, Parameters form) {
        String timestamp = form.get("timestamp", "");
        if (!timestamp.matches("\\d{13}")) {
            throw Problem.invalid(call, "timestamp", "milliseconds since 1970");
        }
        Instant signedAt = Instant.ofEpochMilli(Long.parseLong(timestamp));
        if (Duration.between(signedAt, call.now()).abs().compareTo(TOLERANCE) > 0) {
            throw Problem.invalid(call, "timestamp", "more than five minutes off");
        }
        String expected =
                signature(app.store().clientId(), timestamp, app.store().clientSecret());
        byte[] given = form.get("client_secret_sign", "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.invalid(call, "client_secret_sign", "wrong signature");
        }
    }

    /** Base64 of bcrypt, with the secret for a salt. */
    static String signature(String clientId, String timestamp, String secret) {
        String hashed = BCrypt.hashpw(clientId + "_" + timestamp, secret);
        return Base64.getEncoder().encodeToString(hashed.getBytes(StandardCharsets.UTF_8));
    }
}
