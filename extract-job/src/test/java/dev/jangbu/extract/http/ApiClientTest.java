package dev.jangbu.extract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {
    private static final ApiRequest ORDERS = ApiRequest.get("orders").with("since", "2026-03-02T00:00:00+09:00");

    private final TestTime time = TestTime.at("2026-03-02T00:00:00Z");
    private final MockWebServer server = new MockWebServer();
    private final Transport transport =
            Transport.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private final List<String> refused = new ArrayList<>();

    /** What an answer is read into. */
    record Page(List<Map<String, String>> orders) {
        Page {
            Promised.present("orders", orders);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void aCallCarriesTheTokenAndEncodesItsValuesWholly() throws Exception {
        answer(200, "{\"orders\":[{\"order_id\":17}]}");

        Page page = client(time.pace()).read(ORDERS, Page.class, Reply.Spelling.SNAKE);

        assertThat(page.orders()).containsExactly(Map.of("order_id", "17"));
        var sent = server.takeRequest();
        assertThat(sent.getTarget()).isEqualTo("/api/orders?since=2026-03-02T00%3A00%3A00%2B09%3A00");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer first");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRefusedCallIsMadeOnce(int status) {
        answer(status, "{}");

        JobFailure failure = failure(ORDERS, time.pace());

        assertThat(failure).hasMessage("BAD_REQUEST: GET orders?since answered " + status + " code=none");
        assertThat(FailureKind.of(failure)).contains(FailureKind.BAD_REQUEST);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", server.url("/elsewhere"))
                .build());

        assertThat(failure(ORDERS, time.pace())).hasMessage("SCHEMA: GET orders?since answered 302 code=none");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        answer(401, "{}");
        answer(200, "{\"orders\":[]}");

        assertThat(client(time.pace()).call(ORDERS).status()).isEqualTo(200);

        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer second");
        assertThat(refused).containsExactly("first");
    }

    @Test
    void aRenewedTokenThatIsRefusedEndsTheRun() {
        answer(401, "{}");
        answer(401, "{}");

        assertThat(FailureKind.of(failure(ORDERS, time.pace()))).contains(FailureKind.AUTH);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aMissingScopeIsForTheOwner() {
        answer(403, "{}");

        assertThatThrownBy(() -> client(time.pace()).call(ORDERS))
                .isInstanceOfSatisfying(NeedsAttention.class, owner -> assertThat(owner.attention())
                        .isEqualTo(Attention.SCOPE))
                .hasMessage("SCOPE: GET orders?since answered 403 code=none");
    }

    @Test
    void tooFastIsRepeatedWhenThePlatformSays() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "7")
                .build());
        answer(429, "{}");
        answer(200, "{}");

        client(time.pace()).call(ORDERS);

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }

    @Test
    void anErrorIsRepeatedThriceThenTheRunMayComeAgain() {
        for (int status : new int[] {500, 502, 503, 504}) {
            answer(status, "");
        }

        JobFailure failure = failure(ORDERS, time.pace());

        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failure).hasMessage("UNAVAILABLE: GET orders?since answered 504 code=none");
        assertWaits(2, 4, 8);
    }

    @Test
    void aReadWithoutAnswerIsRepeated() throws Exception {
        drop();
        drop();
        answer(200, "{}");

        assertThat(client(time.pace()).call(ORDERS).status()).isEqualTo(200);

        assertWaits(1, 2);
    }

    @Test
    void aReadThatIsNeverAnsweredKeepsItsFailures() {
        for (int i = 0; i < 4; i++) {
            drop();
        }

        JobFailure failure = failure(ORDERS, time.pace());

        assertThat(failure).hasMessageMatching("UNAVAILABLE: GET orders\\?since: no answer \\(\\w+\\) in 4 tries");
        assertThat(Objects.requireNonNull(failure.getCause()).getCause())
                .isInstanceOf(IOException.class)
                .satisfies(last -> assertThat(last.getSuppressed()).hasSize(3));
        assertWaits(1, 2, 4);
    }

    @Test
    void aFormWithoutAnswerIsNotSentAgain() throws Exception {
        drop();
        List<ApiRequest.Parameter> fields = List.of(new ApiRequest.Parameter("client_secret_sign", "a+b&c"));

        assertThat(failure(ApiRequest.form("token", fields), time.pace()))
                .hasMessageStartingWith("UNAVAILABLE: POST token: no answer");

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(Objects.requireNonNull(server.takeRequest().getBody()).utf8())
                .isEqualTo("client_secret_sign=a%2Bb%26c");
    }

    @Test
    void theBudgetOfCallsEndsARun() throws Exception {
        answer(200, "{}");
        answer(200, "{}");
        ApiClient client = client(new Pace(time, time, Budget.of(2, Duration.ofMinutes(30), time)));
        client.call(ORDERS);
        client.call(ORDERS);

        assertThatThrownBy(() -> client.call(ORDERS))
                .hasMessage("BUDGET: calls: 3 (expected: up to 2 in a run of an account)");

        assertThat(client.calls()).isEqualTo(2);
    }

    @Test
    void theBudgetOfMinutesEndsARunBeforeItWaits() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "1801")
                .build());

        assertThat(failure(ORDERS, time.pace()))
                .hasMessage("BUDGET: minutes: 30 (expected: up to 30 in a run of an account)");
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void callsKeepToTheRateAndToWhatThePlatformSaysIsLeft() throws Exception {
        for (int left : new int[] {3, 2, 1, 0, 0, 0}) {
            server.enqueue(new MockResponse.Builder()
                    .code(200)
                    .addHeader("Left", String.valueOf(left))
                    .build());
        }
        ApiClient client = client(time.pace());
        for (int call = 0; call < 6; call++) {
            client.call(ORDERS);
        }

        assertThat(time.waits()).containsExactly(Duration.ofMillis(500), Duration.ofMillis(500));
    }

    @Test
    void anAnswerThatBreaksItsPromiseIsToldByItsShape() {
        answer(200, "{\"buyer\":{\"name\":\"홍길동\",\"vip\":true},\"amount\":[1,2.5,null],\"orders\":null}");

        assertThatThrownBy(() -> client(time.pace()).read(ORDERS, Page.class, Reply.Spelling.SNAKE))
                .hasMessage(
                        "SCHEMA: GET orders?since answered 200: orders: missing (expected: as the platform promises);"
                                + " its shape: {buyer:{name:text(3),vip:true},amount:[number,number,null],orders:null}"
                                + " (77 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>점검 중</html>", "{\"orders\":[{\"order_id\":\"2026", "{\"orders\":{}}", ""})
    void anAnswerThatIsNoPageIsASchemaFailure(String body) {
        answer(200, body);

        assertThatThrownBy(() -> client(time.pace()).read(ORDERS, Page.class, Reply.Spelling.SNAKE))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(FailureKind.of(failure))
                        .contains(FailureKind.SCHEMA))
                .hasMessageContaining("(expected: as the platform promises)");
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void drop() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
    }

    private JobFailure failure(ApiRequest call, Pace pace) {
        return Objects.requireNonNull(
                catchThrowableOfType(JobFailure.class, () -> client(pace).call(call)));
    }

    private ApiClient client(Pace pace) {
        BaseAddress base = BaseAddress.of(server.url("/api").toString(), Map.of(BaseAddress.PROFILE, "sandbox"));
        return ApiClient.of(transport, base, new Plain(), pace, new Twice());
    }

    /** With a fifth to and fro. */
    private void assertWaits(int... seconds) {
        assertThat(time.waits()).hasSize(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            assertThat(time.waits().get(i))
                    .isBetween(Duration.ofMillis(seconds[i] * 800L), Duration.ofMillis(seconds[i] * 1_200L));
        }
    }

    /** Four at once, two a second. */
    private static final class Plain implements Dialect {
        @Override
        public Verdict judge(Reply reply) {
            return Verdict.byStatus(reply);
        }

        @Override
        public String explain(Reply reply) {
            return "code=none";
        }

        @Override
        public Throttle throttle(String bucket, Clock clock) {
            return Throttle.of(4, 2, clock);
        }

        @Override
        public void heed(Reply reply, Throttle throttle) {
            reply.number("Left").ifPresent(throttle::atMost);
        }
    }

    private final class Twice implements TokenSource {
        @Override
        public Credential.Token get() {
            return token("first");
        }

        @Override
        public Credential.Token inPlaceOf(Credential.Token token) {
            refused.add(token.access());
            return token("second");
        }

        private static Credential.Token token(String access) {
            @Nullable String none = null;
            return new Credential.Token(access, Instant.parse("2026-03-02T03:00:00Z"), none, null);
        }
    }
}
