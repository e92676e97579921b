package dev.jangbu.search;

import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is to run.
 *
 * @param address of the interface it listens on
 * @param port 0 for any free one
 * @param tokens who vouches for bearer tokens; null where only keys open
 * @param hasSecureCookie whether the page's session goes over TLS only; so behind a proxy that ends it
 * @param requestsASecond how many requests one caller may make in a second, over a longer time
 */
public record SearchSettings(
        String address,
        int port,
        DatabaseSettings database,
        BusinessCalendar calendar,
        @Nullable Tokens tokens,
        boolean hasSecureCookie,
        int requestsASecond) {
    private static final int USUAL_REQUESTS = 200;

    /**
     * Whose bearer tokens open.
     *
     * @param issuer what {@code iss} must be
     * @param audience what {@code aud} must name
     * @param keySetUrl where its public keys are
     */
    public record Tokens(String issuer, String audience, String keySetUrl) {
        public Tokens {
            if (!keySetUrl.startsWith("https://")
                    && !keySetUrl.matches("http://(127\\.0\\.0\\.1|localhost)(:\\d+)?/.*")) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "JANGBU_OAUTH_JWK_SET_URL: " + keySetUrl + " (expected: https://…, or one of this machine)");
            }
        }
    }

    public SearchSettings {
        if (port < 0 || port > 65_535) {
            throw new JobFailure(ExitCode.USAGE, "--port: " + port + " (expected: 0..65535)");
        }
        if (requestsASecond < 1) {
            throw new JobFailure(
                    ExitCode.USAGE, "JANGBU_SEARCH_REQUESTS: " + requestsASecond + " (expected: 1 or more)");
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting is missing or wrong */
    public static SearchSettings from(Map<String, String> environment, Workspace workspace, String address, int port) {
        return new SearchSettings(
                address,
                port,
                DatabaseSettings.from(environment, workspace),
                BusinessCalendar.from(environment),
                tokens(environment),
                isOn(environment, "JANGBU_SEARCH_SECURE_COOKIE"),
                requests(environment));
    }

    private static @Nullable Tokens tokens(Map<String, String> environment) {
        String issuer = environment.getOrDefault("JANGBU_OAUTH_ISSUER", "");
        String audience = environment.getOrDefault("JANGBU_OAUTH_AUDIENCE", "");
        String keySetUrl = environment.getOrDefault("JANGBU_OAUTH_JWK_SET_URL", "");
        if (issuer.isBlank() && audience.isBlank() && keySetUrl.isBlank()) {
            return null;
        }
        if (issuer.isBlank() || audience.isBlank() || keySetUrl.isBlank()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_OAUTH_ISSUER, JANGBU_OAUTH_AUDIENCE, JANGBU_OAUTH_JWK_SET_URL: some set (expected: all or none)");
        }
        return new Tokens(issuer, audience, keySetUrl);
    }

    private static boolean isOn(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new JobFailure(ExitCode.USAGE, name + ": " + value + " (expected: true or false)");
        }
        return value.equals("true");
    }

    private static int requests(Map<String, String> environment) {
        String value = environment.getOrDefault("JANGBU_SEARCH_REQUESTS", String.valueOf(USUAL_REQUESTS));
        if (!value.matches("[0-9]{1,6}")) {
            throw new JobFailure(
                    ExitCode.USAGE, "JANGBU_SEARCH_REQUESTS: " + value + " (expected: a number of requests a second)");
        }
        return Integer.parseInt(value);
    }
}
