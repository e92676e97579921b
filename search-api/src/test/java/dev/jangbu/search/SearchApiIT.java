package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged jar as its users run it: keys are given out, the server answers to them, and stops when it is told. */
@ExtendWith(PostgresExtension.class)
class SearchApiIT {
    private static final JobJar JAR = JobJar.of("search-api");
    private static final Pattern ADDRESS = Pattern.compile("search at (http://127\\.0\\.0\\.1:\\d+)\n");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void aKeyOpensUntilItIsRevoked(TestDatabase database) throws IOException, InterruptedException {
        Books.write(database);
        JobJar jar = JAR.with(database.environment());
        JobJar.Ended added = jar.run("keys", "add", "kim", "--tenant", "acme", "--stores", "50,51");
        assertThat(added.error()).isEmpty();
        String key = added.output().strip();
        assertThat(key).matches("jangbu_[A-Za-z0-9_-]{43}");
        assertThat(database.value("SELECT COUNT(*) FROM ops.api_key WHERE api_key::TEXT LIKE '%" + key + "%'"))
                .isEqualTo("0");
        assertThat(jar.run("keys", "add", "kim", "--tenant", "acme").error().strip())
                .isEqualTo("NAME: kim is taken (expected: one no key ever had; revoked ones keep theirs)");
        assertThat(jar.run("keys", "list").output()).startsWith("kim tenant=acme role=reader stores=50,51 since=");

        JobJar.Running server =
                jar.withJvmOptions("-XX:+UseSerialGC", "-Xmx256m").start("--port", "0");
        try {
            String path = address(server) + "/api/v1/unit-prices?date=2026-01-20&limit=1";
            assertThat(status(path, key)).isEqualTo(200);
            assertThat(jar.run("keys", "revoke", "kim").output()).isEqualTo("kim revoked\n");
            assertThat(status(path, key)).isEqualTo(401);
            assertThat(jar.run("keys", "revoke", "kim").error().strip())
                    .isEqualTo("NAME: kim (expected: a key of `search-api keys list` that is not revoked)");
        } finally {
            server.process().destroy();
        }
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aServerThatCannotServeSaysWhy(@Unmigrated TestDatabase empty) {
        Map<String, String> away = new HashMap<>(empty.environment());
        away.put("JANGBU_DB_URL", "jdbc:postgresql://127.0.0.1:1/none");
        away.put("JANGBU_DB_WAIT_SECONDS", "0");

        assertThat(JAR.with(away).run("--port", "0").exitCode()).isEqualTo(11);
        JobJar.Ended unmigrated = JAR.with(empty.environment()).run("--port", "0");
        assertThat(unmigrated.error().strip()).startsWith("the database was never migrated (expected: version ");
        assertThat(unmigrated.exitCode()).isEqualTo(2);
        assertThat(JAR.run("keys").error().strip()).isEqualTo("keys: what? (expected: add, list or revoke)");
        assertThat(JAR.run("keys", "add", "kim", "--tenant", "acme", "--role", "boss")
                        .error()
                        .strip())
                .isEqualTo("--role: boss (expected: reader or reviewer)");
    }

    private static String address(JobJar.Running server) throws InterruptedException {
        while (!server.process().waitFor(50, TimeUnit.MILLISECONDS)) {
            Matcher told = ADDRESS.matcher(server.soFar());
            if (told.find()) {
                return told.group(1);
            }
        }
        throw new IllegalStateException(server.await().error());
    }

    private static int status(String address, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("X-API-Key", key)
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }
}
