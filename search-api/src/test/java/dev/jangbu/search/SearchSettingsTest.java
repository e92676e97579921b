package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSettingsTest {
    private static final Map<String, String> DATABASE = Map.of("JANGBU_DB_URL", "jdbc:postgresql://db/jangbu");

    @Test
    void defaults() {
        SearchSettings settings = settings(Map.of());

        assertThat(settings.tokens()).isNull();
        assertThat(settings.hasSecureCookie()).isFalse();
        assertThat(settings.requestsASecond()).isEqualTo(200);
        assertThat(settings.calendar().zone().getId()).isEqualTo("Asia/Seoul");
    }

    @Test
    void eachSettingIsRead() {
        SearchSettings settings = settings(Map.of(
                "JANGBU_OAUTH_ISSUER", "https://login.example",
                "JANGBU_OAUTH_AUDIENCE", "search",
                "JANGBU_OAUTH_JWK_SET_URL", "https://login.example/keys",
                "JANGBU_SEARCH_SECURE_COOKIE", "true",
                "JANGBU_SEARCH_REQUESTS", "7"));

        assertThat(settings.tokens())
                .isEqualTo(new SearchSettings.Tokens("https://login.example", "search", "https://login.example/keys"));
        assertThat(settings.hasSecureCookie()).isTrue();
        assertThat(settings.requestsASecond()).isEqualTo(7);
    }

    @Test
    void wrongOnesAreRefusedByName() {
        refuses(
                Map.of("JANGBU_OAUTH_ISSUER", "https://login.example"),
                "JANGBU_OAUTH_ISSUER, JANGBU_OAUTH_AUDIENCE, JANGBU_OAUTH_JWK_SET_URL: some set (expected: all or none)");
        refuses(
                Map.of(
                        "JANGBU_OAUTH_ISSUER", "https://login.example",
                        "JANGBU_OAUTH_AUDIENCE", "search",
                        "JANGBU_OAUTH_JWK_SET_URL", "http://login.example/keys"),
                "JANGBU_OAUTH_JWK_SET_URL: http://login.example/keys (expected: https://…, or one of this machine)");
        refuses(
                Map.of("JANGBU_SEARCH_SECURE_COOKIE", "yes"),
                "JANGBU_SEARCH_SECURE_COOKIE: yes (expected: true or false)");
        refuses(
                Map.of("JANGBU_SEARCH_REQUESTS", "many"),
                "JANGBU_SEARCH_REQUESTS: many (expected: a number of requests a second)");
        refuses(Map.of("JANGBU_SEARCH_REQUESTS", "0"), "JANGBU_SEARCH_REQUESTS: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> SearchSettings.from(DATABASE, new Workspace(Path.of("data")), "127.0.0.1", 70_000))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--port: 70000 (expected: 0..65535)");
    }

    private static void refuses(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> settings(environment))
                .isInstanceOf(JobFailure.class)
                .hasMessage(message);
    }

    private static SearchSettings settings(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(DATABASE);
        all.putAll(environment);
        return SearchSettings.from(all, new Workspace(Path.of("data")), "127.0.0.1", 0);
    }
}
