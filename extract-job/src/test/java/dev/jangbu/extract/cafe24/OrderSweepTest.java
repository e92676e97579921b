package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Days with more orders than can be paged through, which the sandbox has not. */
class OrderSweepTest {
    private static final int ORDERS = 20_000;

    private final TestTime time = TestTime.at("2026-03-02T14:00:00Z");

    @Test
    void aDayThatIsTooLargeIsReadPlaceByPlace() throws Exception {
        List<String> ids = sweep(List.of("cafe24", "mobile"));

        assertThat(ids).hasSize(ORDERS);
        assertThat(new HashSet<>(ids)).hasSize(ORDERS);
    }

    @Test
    void ordersOfNoKnownPlaceAreNotLostInSilence() {
        assertThatThrownBy(() -> sweep(List.of("cafe24", "elsewhere")))
                .hasMessage("WINDOW_TOO_LARGE: admin/orders: 10000 of 20000 orders of one day are of no known place"
                        + " (expected: 0, as only places can be paged through)");
    }

    /** Of two days, the first of which has all the orders, half of them at each place. */
    private List<String> sweep(List<String> places) throws Exception {
        try (MockWebServer server = new MockWebServer();
                Transport transport = Transport.open()) {
            server.setDispatcher(new LargeMall(places));
            server.start();
            Account account = new Account(
                    "cafe24-large",
                    "hlog",
                    Channel.CAFE24,
                    "large",
                    server.url("/api/v2").toString(),
                    null);
            Map<String, String> environment = Map.of("JANGBU_PROFILE", "sandbox");
            Mall mall = Mall.of(account, transport, time.pace(), new OneToken(), environment);
            AccountWindow window = new AccountWindow(
                    account,
                    LocalDate.of(2026, 3, 2),
                    Instant.parse("2026-02-28T15:00:00Z"),
                    Instant.parse("2026-03-02T13:58:00Z"),
                    false,
                    true,
                    BusinessCalendar.seoul());
            List<String> ids = new ArrayList<>();
            new OrderSweep(new ListReader(mall), (rows, observedAt) -> rows.forEach(order -> ids.add(order.orderId())))
                    .all(window);
            return ids;
        }
    }

    private record OneToken() implements TokenSource {
        @Override
        public Credential.Token get() {
            return new Credential.Token("t", Instant.MAX, null, null);
        }

        @Override
        public Credential.Token inPlaceOf(Credential.Token refused) {
            return refused;
        }
    }

    /** All orders are of the first of March. */
    private static final class LargeMall extends Dispatcher {
        private final List<String> places;

        LargeMall(List<String> places) {
            this.places = places;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            HttpUrl url = Objects.requireNonNull(request.getUrl());
            String place = url.queryParameter("order_place_id");
            boolean hasTheDay = "2026-03-01".equals(url.queryParameter("start_date"));
            int each = hasTheDay ? ORDERS / places.size() : 0;
            int count = place == null ? each * places.size() : places.contains(place) ? each : 0;
            if (url.encodedPath().endsWith("/count")) {
                return json("{\"count\":" + count + "}");
            }
            int offset = Integer.parseInt(Objects.requireNonNull(url.queryParameter("offset")));
            String orders = IntStream.range(offset, Math.min(offset + 1_000, count))
                    .mapToObj(number -> "{\"order_id\":\"" + place + number + "\",\"items\":[]}")
                    .collect(Collectors.joining(","));
            String links = offset + 1_000 < count ? "{\"rel\":\"next\",\"href\":\"x\"}" : "";
            return json("{\"orders\":[" + orders + "],\"links\":[" + links + "]}");
        }

        private static MockResponse json(String body) {
            return new MockResponse.Builder().code(200).body(body).build();
        }
    }
}
