package dev.jangbu.sandbox.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OAuthTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void consentComesBackWithCodeAndState() {
        Reply reply = Operator.consent(Operator.ALL, Operator.RETURN_TO);

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location"))
                .matches("http://127\\.0\\.0\\.1:39000/callback\\?code=sbxC\\w{16}&state=s1");
    }

    @Test
    void theOperatorAgreesOnAPage() {
        String path = Operator.API + "/oauth/authorize?" + Operator.asked(Operator.ALL, Operator.RETURN_TO);

        assertThat(Running.get(path).body()).contains("<li>mall.read_order</li>", "동의함");
        Reply agreed = Running.post(path, "decision=agree", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(agreed.header("Location")).contains("?code=sbxC");
        Reply denied = Running.post(path, "decision=deny", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(denied.header("Location")).isEqualTo(Operator.RETURN_TO + "?error=access_denied&state=s1");
    }

    @Test
    void unregisteredAddressIsNotReturnedTo() {
        assertThat(Operator.consent(Operator.ALL, "https://evil.example/").status())
                .isEqualTo(400);
        assertThat(Operator.consent(Operator.ALL, "https://jangbu.example/callback")
                        .status())
                .isEqualTo(302);
    }

    @Test
    void scopesMayBeSeparatedByCommas() {
        Reply reply = Operator.token(Operator.code("mall.read_order,mall.read_product"));

        assertThat(reply.json().get("scopes").toString()).isEqualTo("[\"mall.read_order\",\"mall.read_product\"]");
    }

    @Test
    void tokenHasTheDocumentedFieldsAndSeoulsTime() {
        JsonNode token = Operator.token(Operator.code(Operator.ALL)).json();

        assertThat(token.propertyNames())
                .containsExactly(
                        "access_token",
                        "expires_at",
                        "refresh_token",
                        "refresh_token_expires_at",
                        "client_id",
                        "mall_id",
                        "user_id",
                        "scopes",
                        "issued_at",
                        "shop_no",
                        "token_type");
        assertThat(token.get("issued_at").asString()).isEqualTo("2026-03-02T09:00:00.000");
        assertThat(token.get("expires_at").asString()).isEqualTo("2026-03-02T11:00:00.000");
        assertThat(token.get("refresh_token_expires_at").asString()).isEqualTo("2026-03-16T09:00:00.000");
    }

    @Test
    void codeIsGoodOnceAndForAMinute() {
        String code = Operator.code(Operator.ALL);
        assertThat(Operator.token(code).status()).isEqualTo(200);
        assertInvalidGrant(Operator.token(code));

        String late = Operator.code(Operator.ALL);
        Running.advance(Duration.ofSeconds(61));
        assertInvalidGrant(Operator.token(late));
    }

    @Test
    void codeIsBoundToItsAddress() {
        String code = Operator.code(Operator.ALL);

        assertInvalidGrant(Operator.post("grant_type=authorization_code&code=" + code + "&redirect_uri="
                + Operator.encoded("http://127.0.0.1:39001/callback")));
    }

    @Test
    void refreshRotatesAndTheOldOneEndsAtOnce() {
        String first = Operator.token(Operator.code(Operator.ALL))
                .json()
                .get("refresh_token")
                .asString();
        JsonNode second = Operator.refresh(first).json();

        assertThat(second.get("refresh_token").asString()).isNotEqualTo(first);
        assertInvalidGrant(Operator.refresh(first));
        assertThat(Operator.refresh(second.get("refresh_token").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void refreshTokenEndsAfterTwoWeeks() {
        String token = Operator.token(Operator.code(Operator.ALL))
                .json()
                .get("refresh_token")
                .asString();
        Running.advance(Duration.ofDays(14));

        assertInvalidGrant(Operator.refresh(token));
    }

    @Test
    void ofManyAtOnceOneRefreshes() {
        String token = Operator.token(Operator.code(Operator.ALL))
                .json()
                .get("refresh_token")
                .asString();

        List<Integer> statuses = IntStream.range(0, 20)
                .parallel()
                .mapToObj(place -> Operator.refresh(token).status())
                .sorted()
                .toList();

        assertThat(statuses).startsWith(200).hasSize(20);
        assertThat(statuses.subList(1, 20)).containsOnly(400);
    }

    @Test
    void clientMustSayWhoItIs() {
        String form = "grant_type=refresh_token&refresh_token=x";
        Reply nobody =
                Running.post(Operator.API + "/oauth/token", form, "Content-Type", "application/x-www-form-urlencoded");
        Reply json = Running.post(
                Operator.API + "/oauth/token",
                "{}",
                "Authorization",
                Operator.basic(),
                "Content-Type",
                "application/json");
        Reply query = Running.post(Operator.API + "/oauth/token?" + form, "", "Authorization", Operator.basic());

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.json().get("error").asString()).isEqualTo("invalid_client");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json().get("error").asString()).isEqualTo("invalid_request");
        assertThat(query.status()).isEqualTo(400);
        assertThat(Operator.post("grant_type=password").json().get("error").asString())
                .isEqualTo("invalid_request");
    }

    @Test
    void revokedTokensEnd() {
        JsonNode token = Operator.token(Operator.code(Operator.ALL)).json();
        Reply revoked = Running.post(
                Operator.API + "/oauth/revoke",
                "token=" + token.get("access_token").asString(),
                "Authorization",
                Operator.basic(),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(revoked.status()).isEqualTo(200);
        assertInvalidGrant(Operator.refresh(token.get("refresh_token").asString()));
    }

    private static void assertInvalidGrant(Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asString()).isEqualTo("invalid_grant");
    }
}
