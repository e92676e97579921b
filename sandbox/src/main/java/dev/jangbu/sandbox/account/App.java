package dev.jangbu.sandbox.account;

import java.net.URI;
import java.util.List;

/**
 * The one application that malls let in.
 *
 * @param redirectUris besides any path on the loopback interface
 */
public record App(String clientId, String clientSecret, List<String> redirectUris) {
    public App {
        redirectUris = List.copyOf(redirectUris);
    }

    public boolean mayReturnTo(String redirectUri) {
        return redirectUris.contains(redirectUri) || isLoopback(redirectUri);
    }

    private static boolean isLoopback(String redirectUri) {
        try {
            URI uri = URI.create(redirectUri);
            return "http".equals(uri.getScheme())
                    && ("127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost()));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
