package dev.jangbu.extract.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a call once. Redirects are not followed, so that a token goes to no other host. May be shared by threads; closing
 * it lets its connections go.
 */
public final class Transport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Transport.class);
    private static final long BODY_LIMIT = 128L << 20;

    private final OkHttpClient client;

    private Transport(OkHttpClient client) {
        this.client = client;
    }

    public static Transport open() {
        return of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }

    /** For what must answer within ten seconds: a token call holds the account's row meanwhile. */
    public Transport forTokens() {
        return new Transport(
                client.newBuilder().callTimeout(Duration.ofSeconds(10)).build());
    }

    static Transport of(Duration connect, Duration read, Duration call) {
        return new Transport(new OkHttpClient.Builder()
                .connectTimeout(connect)
                .readTimeout(read)
                .writeTimeout(read)
                .callTimeout(call)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(2, 30, TimeUnit.SECONDS))
                .build());
    }

    /** @throws IOException when no whole answer came */
    Reply send(ApiRequest call, HttpUrl url, @Nullable String authorization) throws IOException {
        Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
        request.header("User-Agent", "jangbu");
        call.headers().forEach(header -> request.header(header.name(), header.value()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        request.method(call.method().name(), body(call));
        long started = System.nanoTime();
        try (Response response = client.newCall(request.build()).execute()) {
            Reply reply = new Reply(call.toString(), response.code(), headers(response), bytes(response));
            log.debug(
                    "call=\"{}\" status={} bytes={} ms={}",
                    call,
                    reply.status(),
                    reply.body().length,
                    (System.nanoTime() - started) / 1_000_000);
            return reply;
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static @Nullable RequestBody body(ApiRequest call) {
        ApiRequest.@Nullable Body body = call.body();
        return body == null
                ? null
                : RequestBody.create(body.text().getBytes(StandardCharsets.UTF_8), MediaType.parse(body.mediaType()));
    }

    private static byte[] bytes(Response response) throws IOException {
        if (response.body().source().request(BODY_LIMIT + 1)) {
            throw new IOException("an answer of more than " + BODY_LIMIT + " bytes");
        }
        return response.body().bytes();
    }

    private static Map<String, String> headers(Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach(header -> headers.put(header.component1().toLowerCase(Locale.ROOT), header.component2()));
        return headers;
    }
}
