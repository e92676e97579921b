package dev.jangbu.extract.account;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account logs in with, and its tokens. Never shown: {@link #toString} tells no value.
 *
 * @param secrets by name: {@code client_id}, {@code client_secret}, {@code password}, {@code private_key}, …
 * @param token the last one; null before the first
 */
public record Credential(
        Map<String, String> secrets, @Nullable Token token) {
    public Credential {
        secrets = Map.copyOf(secrets);
    }

    /**
     * Of an account, for as long as it lasts.
     *
     * @param refresh what the next one is asked for with; null where the secrets do that
     * @param refreshExpiresAt null where there is no refresh token
     */
    public record Token(
            String access,
            Instant accessExpiresAt,
            @Nullable String refresh,
            @Nullable Instant refreshExpiresAt) {
        @Override
        public String toString() {
            return "Token[until " + accessExpiresAt + "]";
        }
    }

    public Credential with(Token renewed) {
        return new Credential(secrets, renewed);
    }

    @Override
    public String toString() {
        return "Credential" + new TreeMap<>(secrets).keySet();
    }
}
