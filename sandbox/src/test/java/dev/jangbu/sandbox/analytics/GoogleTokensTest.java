package dev.jangbu.sandbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GoogleTokensTest {
    private static final String REPORT =
            "{\"dateRanges\":[{\"startDate\":\"2026-02-27\",\"endDate\":\"2026-03-01\"}],\"metrics\":[{\"name\":\"sessions\"}]}";

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void signedAssertionBringsATokenForAnHour() {
        JsonNode key = Running.accounts().at("/ga4/key_file");

        JsonNode answer =
                Reader.token(Reader.assertion(key, Reader.claims(key))).json();
        Reader reader = Reader.letIn();

        assertThat(answer.get("expires_in").asInt()).isEqualTo(3_599);
        assertThat(answer.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(reader.report(REPORT).status()).isEqualTo(200);
        Running.advance(Duration.ofHours(1));
        assertThat(reader.report(REPORT).status()).isEqualTo(401);
    }

    @Test
    void theSandboxesOwnAddressIsAnAudienceToo() {
        JsonNode key = Running.accounts().at("/ga4/key_file");
        Map<String, Object> claims = Reader.claims(key);
        claims.put("aud", key.get("token_uri").asString());

        assertThat(Reader.token(Reader.assertion(key, claims)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "aud, https://evil.example/token, invalid_grant",
        "scope, https://www.googleapis.com/auth/drive, invalid_scope",
        "iss, nobody@example.invalid, invalid_grant"
    })
    void wrongClaimsAreRefused(String claim, String value, String error) {
        JsonNode key = Running.accounts().at("/ga4/key_file");
        Map<String, Object> claims = Reader.claims(key);
        claims.put(claim, value);

        assertRefused(Reader.token(Reader.assertion(key, claims)), error);
    }

    @ParameterizedTest
    @CsvSource({"0, 3601", "-3600, 3600", "301, 3600", "0, 0"})
    void wrongTimesAreRefused(long iat, long life) {
        JsonNode key = Running.accounts().at("/ga4/key_file");
        Map<String, Object> claims = Reader.claims(key);
        claims.put("iat", Reader.now() + iat);
        claims.put("exp", Reader.now() + iat + life);

        assertRefused(Reader.token(Reader.assertion(key, claims)), "invalid_grant");
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        JsonNode key = Running.accounts().at("/ga4/key_file");
        String good = Reader.assertion(key, Reader.claims(key));
        Map<String, Object> claims = Reader.claims(key);
        claims.put("sub", "other");
        String other = Reader.assertion(key, claims);
        String mixed = good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertRefused(Reader.token(mixed), "invalid_grant");
        assertRefused(Reader.token("no.jwt"), "invalid_grant");
        assertRefused(Reader.token("a.b.c"), "invalid_grant");
    }

    @Test
    void aStrangersPropertyIsForbidden() {
        JsonNode other = Running.control("/accounts", Map.of("shop", "stranger", "ga4_project", "other-project"))
                .at("/accounts/0");

        Reply reply = Reader.letIn().report(other.at("/ga4/property_id").asString(), REPORT);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/error/status").asString()).isEqualTo("PERMISSION_DENIED");
    }

    private static void assertRefused(Reply reply, String error) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().get("error").asString()).isEqualTo(error);
    }
}
