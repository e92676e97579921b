package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TokenEndpoint;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.ApiRequest.Parameter;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.security.crypto.bcrypt.BCrypt;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Tokens for a signed time. All parameters are in the body: one in the query string has the application shut out for a day
 * and more.
 */
final class SignedTokens implements TokenEndpoint {
    /** A clock that is a little ahead must not sign the future. */
    private static final Duration BACK = Duration.ofSeconds(3);

    private final ApiClient client;
    private final Clock clock;

    /** @param client sends no token */
    SignedTokens(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Issued(String accessToken, Long expiresIn) {
        Issued {
            Promised.present("access_token", accessToken);
            Promised.present("expires_in", expiresIn);
        }
    }

    @Override
    public Credential.Token renew(Account account, Credential credential) throws NeedsAttention {
        Instant asked = clock.instant();
        String clientId = credential.secrets().getOrDefault("client_id", "");
        String timestamp = String.valueOf(asked.minus(BACK).toEpochMilli());
        ApiRequest call = ApiRequest.form(
                        "v1/oauth2/token",
                        List.of(
                                new Parameter("client_id", clientId),
                                new Parameter("timestamp", timestamp),
                                new Parameter(
                                        "client_secret_sign",
                                        signature(
                                                clientId,
                                                timestamp,
                                                credential.secrets().getOrDefault("client_secret", ""))),
                                new Parameter("grant_type", "client_credentials"),
                                new Parameter("type", "SELF")))
                .of("token");
        Issued issued = client.read(call, Issued.class, Reply.Spelling.SNAKE);
        return new Credential.Token(issued.accessToken(), asked.plusSeconds(issued.expiresIn()), null, null);
    }

    /** Base64 of bcrypt, with the secret for a salt. */
    static String signature(String clientId, String timestamp, String secret) throws NeedsAttention {
        try {
            String hashed = BCrypt.hashpw(clientId + "_" + timestamp, secret);
            return Base64.getEncoder().encodeToString(hashed.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException withheld) {
            // Not as the cause: it may quote the secret.
            throw new NeedsAttention(
                    Attention.WRONG_SECRET,
                    "WRONG_SECRET: client_secret: no bcrypt salt (expected: $2a$…, 29 characters)");
        }
    }
}
