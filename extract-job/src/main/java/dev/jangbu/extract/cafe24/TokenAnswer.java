package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import dev.jangbu.extract.account.Credential;
import java.util.List;

/** What the token endpoint answers. Never shown. */
record TokenAnswer(
        String accessToken, String expiresAt, String refreshToken, String refreshTokenExpiresAt, List<String> scopes) {
    TokenAnswer {
        present("access_token", accessToken);
        KoreanTime.parse(present("expires_at", expiresAt));
        present("refresh_token", refreshToken);
        KoreanTime.parse(present("refresh_token_expires_at", refreshTokenExpiresAt));
        scopes = List.copyOf(present("scopes", scopes));
    }

    Credential.Token token() {
        return new Credential.Token(
                accessToken, KoreanTime.parse(expiresAt), refreshToken, KoreanTime.parse(refreshTokenExpiresAt));
    }

    @Override
    public String toString() {
        return "TokenAnswer" + scopes;
    }
}
