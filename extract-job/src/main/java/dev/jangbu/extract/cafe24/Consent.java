package dev.jangbu.extract.cafe24;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.Sleeper;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One consent of a mall's operator: their browser is sent to the mall, and from there back to a port of this machine that
 * only this machine reaches. What comes back counts once, and only with the random state that was sent along. Closing it
 * closes the port.
 */
public final class Consent implements AutoCloseable {
    private static final String CALLBACK = "/callback";
    private static final int STATE_BYTES = 32;

    private final Account account;
    private final Credential credential;
    private final Map<String, String> environment;
    private final HttpServer server;
    private final String redirectUri;
    private final String state;
    private final AtomicBoolean isUsed = new AtomicBoolean();
    private final CompletableFuture<Map<String, String>> back = new CompletableFuture<>();

    private Consent(
            Account account,
            Credential credential,
            Map<String, String> environment,
            HttpServer server,
            @Nullable String redirectUri) {
        this.account = account;
        this.credential = credential;
        this.environment = Map.copyOf(environment);
        this.server = server;
        this.redirectUri =
                redirectUri == null ? "http://127.0.0.1:" + server.getAddress().getPort() + CALLBACK : redirectUri;
        byte[] random = new byte[STATE_BYTES];
        new SecureRandom().nextBytes(random);
        this.state = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Listens.
     *
     * @param port 0 for any
     * @param redirectUri as it is registered with the app; null for the port itself
     * @throws JobFailure with {@link ExitCode#USAGE} when the port is taken
     */
    public static Consent open(
            Account account,
            Credential credential,
            Map<String, String> environment,
            int port,
            @Nullable String redirectUri) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            Consent consent = new Consent(account, credential, environment, server, redirectUri);
            server.createContext(CALLBACK, consent::answer);
            server.start();
            return consent;
        } catch (IOException taken) {
            throw new JobFailure(ExitCode.USAGE, "--port: " + port + " (expected: a free one)", taken);
        }
    }

    /** Where the operator consents. Holds no secret but the state, which is worth nothing without this process. */
    public String address() {
        return Mall.address(account, environment) + "/oauth/authorize?response_type=code&client_id="
                + encoded(String.valueOf(credential.secrets().get("client_id")))
                + "&state=" + encoded(state)
                + "&redirect_uri=" + encoded(redirectUri)
                + "&scope=" + encoded(String.join(" ", Cafe24TokenEndpoint.SCOPES));
    }

    /**
     * Waits for the browser to come back, and asks for the tokens at once: the code lives for a minute.
     *
     * @throws NeedsAttention when the mall takes the code for too old, used or another app's, or a scope was not granted
     * @throws JobFailure with {@link ExitCode#FAILED} when the operator refused, or did nothing for so long
     */
    public Credential.Token await(Duration patience, ShopAccess access) throws NeedsAttention {
        Map<String, String> brought = brought(patience);
        String code = brought.getOrDefault("code", "");
        if (code.isEmpty()) {
            String error = brought.getOrDefault("error", "no code");
            throw new JobFailure(
                    ExitCode.FAILED,
                    "consent: " + (error.matches("[a-z_ ]{1,40}") ? error : "refused")
                            + " (expected: the operator agrees)");
        }
        try (Transport transport = Transport.open()) {
            return new Cafe24TokenEndpoint(transport, AdminDialect.pace(access, Sleeper.real()), environment)
                    .redeem(account, credential, code, redirectUri);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, String> brought(Duration patience) {
        try {
            return back.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "consent: none within " + patience.toSeconds() + " s (expected: the operator agrees); begin again",
                    late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JobFailure(ExitCode.FAILED, "stopped while waiting for a consent", stopped);
        }
    }

    /**
     * Takes the address a browser ended at that could not come back to this machine.
     *
     * @return whether it is an answer to this consent, and the first
     */
    public boolean take(String address) {
        int query = address.indexOf('?');
        Map<String, String> parameters = parameters(query < 0 ? null : address.substring(query + 1));
        boolean isTaken = isFirst(parameters);
        if (isTaken) {
            back.complete(parameters);
        }
        return isTaken;
    }

    private boolean isFirst(Map<String, String> parameters) {
        return isState(parameters.get("state")) && isUsed.compareAndSet(false, true);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        boolean isTaken = exchange.getRequestURI().getPath().equals(CALLBACK) && isFirst(parameters);
        String text = isTaken
                ? "장부에 연결되었습니다. 이 창을 닫아도 됩니다. / Done, this window can be closed."
                : "알 수 없거나 이미 사용된 요청입니다. / Unknown, or used before.";
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
        exchange.sendResponseHeaders(isTaken ? 200 : 400, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
        if (isTaken) {
            // Not before the browser has its page: the port is closed then.
            back.complete(parameters);
        }
    }

    private boolean isState(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
