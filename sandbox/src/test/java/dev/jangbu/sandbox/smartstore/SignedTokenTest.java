package dev.jangbu.sandbox.smartstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SignedTokenTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void signatureIsTheDocumentedOne() {
        assertThat(TokenEndpoint.signature("aaaabbbbcccc", "1643961623299", "$2a$10$abcdefghijklmnopqrstuv"))
                .isEqualTo("JDJhJDEwJGFiY2RlZmdoaWprbG1ub3BxcnN0dXVCVldZSk42T0VPdEx1OFY0cDQxa2IuTnpVaUEzbmsy");
        assertThat(TokenEndpoint.signature("aaaabbbbcccc", "1643961623299", "$2a$04$abcdefghijklmnopqrstuu"))
                .isEqualTo("JDJhJDA0JGFiY2RlZmdoaWprbG1ub3BxcnN0dXV6NDlObEtMdDYyUWhPdnNjSTNNWnR4ZUlDQjNoYUpD");
    }

    @Test
    void tokenLastsThreeHoursAndIsTheSameUntilHalfAnHourIsLeft() {
        JsonNode first = Seller.token(Seller.form("SELF", 3)).json();
        assertThat(first.get("expires_in").asInt()).isEqualTo(10_800);
        Running.advance(Duration.ofMinutes(150));
        JsonNode same = Seller.token(Seller.form("SELF", 3)).json();
        Running.advance(Duration.ofSeconds(1));
        JsonNode next = Seller.token(Seller.form("SELF", 3)).json();

        assertThat(same.get("access_token")).isEqualTo(first.get("access_token"));
        assertThat(same.get("expires_in").asInt()).isEqualTo(1_800);
        assertThat(next.get("access_token")).isNotEqualTo(first.get("access_token"));
        assertThat(callWith(first)).isEqualTo(200);
        Running.advance(Duration.ofMinutes(30));
        assertThat(callWith(first)).isEqualTo(401);
        assertThat(callWith(next)).isEqualTo(200);
    }

    @Test
    void signatureMustBeRightAndFresh() {
        assertThat(Seller.token(Seller.form("SELF", 299)).status()).isEqualTo(200);
        assertInvalid(Seller.token(Seller.form("SELF", 301)), "timestamp");
        assertInvalid(Seller.token(Seller.form("SELF", -301)), "timestamp");
        assertInvalid(
                Seller.token(Seller.form("SELF", 0).replace("client_secret_sign=", "client_secret_sign=x")),
                "client_secret_sign");
    }

    @Test
    void accountBelongsToSellerOnly() {
        String account =
                "&account_id=" + Running.accounts().at("/naver/account_id").asString();

        assertInvalid(Seller.token(Seller.form("SELF", 0) + account), "account_id");
        assertInvalid(Seller.token(Seller.form("SELLER", 0)), "account_id");
        assertThat(Seller.token(Seller.form("SELLER", 0) + account).status()).isEqualTo(200);
        assertInvalid(Seller.token(Seller.form("OTHER", 0)), "type");
    }

    @Test
    void parametersInTheQueryShutTheApplicationOutForADay() {
        String form = Seller.form("SELF", 0);
        JsonNode token = Seller.token(form).json();
        Reply reply = Running.post(Seller.BASE + "/v1/oauth2/token?" + form, "");

        assertShutOut(reply);
        assertShutOut(Seller.token(Seller.form("SELF", 0)));
        assertThat(callWith(token)).isEqualTo(429);
        assertThat(Running.truth("stats").at("/accounts/0/calls_while_blocked").asInt())
                .isEqualTo(2);
        assertThat(Running.get("/__sandbox/journal")
                        .json()
                        .at("/entries/1/query")
                        .toString())
                .isEqualTo("[\"client_id\",\"client_secret_sign\",\"grant_type\",\"timestamp\",\"type\"]");
        Running.advance(Duration.ofHours(24));
        assertThat(Seller.token(Seller.form("SELF", 0)).status()).isEqualTo(200);
    }

    @Test
    void journalNamesParametersAndNoValues() {
        String form = Seller.form("SELF", 0);
        Seller.token(form);

        String journal = Running.get("/__sandbox/journal").body();

        assertThat(journal)
                .contains(
                        "\"query\":[],\"form\":[\"client_id\",\"client_secret_sign\",\"grant_type\",\"timestamp\",\"type\"]");
        assertThat(journal).doesNotContain(form.replaceAll(".*client_secret_sign=([^&]*).*", "$1"));
    }

    @Test
    void otherAddressesAreRefused() {
        Reply reply = Running.post(
                Seller.BASE + "/v1/oauth2/token",
                Seller.form("SELF", 0),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Sandbox-Ip",
                "203.0.113.9");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().get("code").asString()).isEqualTo("GW.IP_NOT_ALLOWED");
    }

    @Test
    void unknownTokenAndPathAreTheGateways() {
        Reply unknown = Running.get(Seller.BASE + Seller.CHANGED, "Authorization", "Bearer nobody");
        Reply lost = Seller.letIn().get("/v1/nothing");

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().get("code").asString()).isEqualTo("GW.AUTHN");
        assertThat(unknown.header("GNCP-GW-Trace-ID"))
                .isEqualTo(unknown.json().get("traceId").asString());
        assertThat(lost.status()).isEqualTo(404);
        assertThat(lost.json().get("code").asString()).isEqualTo("GW.NOT_FOUND");
    }

    private static int callWith(JsonNode token) {
        return Running.get(
                        Seller.BASE + Seller.CHANGED + "?lastChangedFrom=" + Seller.encoded(Running.NOW),
                        "Authorization",
                        "Bearer " + token.get("access_token").asString())
                .status();
    }

    private static void assertShutOut(Reply reply) {
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().get("code").asString()).isEqualTo("GW.QUOTA_LIMIT");
        assertThat(reply.header("GNCP-GW-Quota-Period")).isEqualTo("HOURS");
    }

    private static void assertInvalid(Reply reply, String name) {
        Running.advance(Duration.ofSeconds(1));
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().get("code").asString()).isEqualTo("BAD_REQUEST");
        assertThat(reply.json().at("/invalidInputs/0/name").asString()).isEqualTo(name);
    }
}
