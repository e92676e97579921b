package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bearer tokens, signed by a real key whose public half is fetched over HTTP. */
@ExtendWith(PostgresExtension.class)
class TokensTest {
    private static final String PATH = "/api/v1/unit-prices?date=2026-01-20";
    private static final long HOUR = 3_600_000;

    @Test
    void aTokenOpensWhatItSays(TestDatabase database) throws JOSEException, IOException {
        Books.write(database);
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("one").generate();
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/keys", exchange -> {
            byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        Map<String, String> settings = Map.of(
                "JANGBU_OAUTH_ISSUER", "https://login.example",
                "JANGBU_OAUTH_AUDIENCE", "search",
                "JANGBU_OAUTH_JWK_SET_URL",
                        "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys");
        try (Running server = Running.on(database, settings)) {
            assertThat(stores(server, key, claims().build())).containsExactly("50", "51", "70");
            assertThat(stores(
                            server, key, claims().claim("tenant_id", "umbrella").build()))
                    .containsExactly("60", "70");
            assertThat(stores(
                            server,
                            key,
                            claims().claim("store_ids", List.of(51)).build()))
                    .containsExactly("51");

            assertThat(status(
                            server,
                            key,
                            claims().issuer("https://other.example").build()))
                    .isEqualTo(401);
            assertThat(status(server, key, claims().audience("another").build()))
                    .isEqualTo(401);
            assertThat(status(server, key, claims().expirationTime(at(-HOUR)).build()))
                    .isEqualTo(401);
            assertThat(status(server, key, claims().claim("tenant_id", null).build()))
                    .isEqualTo(401);
            assertThat(status(
                            server,
                            key,
                            claims().claim("roles", List.of("admin")).build()))
                    .isEqualTo(401);
            assertThat(status(server, key, claims().claim("store_ids", "all").build()))
                    .isEqualTo(401);
            assertThat(status(server, stranger, claims().build())).isEqualTo(401);
            assertThat(server.get(PATH, "Authorization", "Bearer nonsense").header("content-type"))
                    .isEqualTo("application/problem+json");
        } finally {
            keys.stop(0);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://login.example")
                .audience("search")
                .subject("kim@example")
                .expirationTime(at(HOUR))
                .claim("tenant_id", "acme")
                .claim("roles", List.of("reader"));
    }

    private static Date at(long fromNow) {
        return Date.from(Clock.systemUTC().instant().plusMillis(fromNow));
    }

    private static List<String> stores(Running server, RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return server.get(PATH, "Authorization", "Bearer " + signed(key, claims))
                .json()
                .get("rows")
                .findValuesAsString("store_id");
    }

    private static int status(Running server, RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return server.get(PATH, "Authorization", "Bearer " + signed(key, claims))
                .status();
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
