package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.account.App;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Parameters;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Days;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Consent, tokens, revocation. */
final class OAuth {
    private static final Pattern SCOPE = Pattern.compile("mall\\.(read|write)_[a-z]+");

    private final App app;

    OAuth(App app) {
        this.app = app;
    }

    /** What the operator sees; with {@code decision} in a posted form, what comes of it. */
    Answer authorize(MallState mall, Call call) {
        Parameters asked = call.query();
        requireAuthorizable(asked);
        if (call.method().equals("GET")) {
            return Answer.html(200, page(mall, asked));
        }
        return decide(mall, call, call.form().get("decision", "deny").equals("agree"));
    }

    /** The redirect that ends a consent. */
    Answer decide(MallState mall, Call call, boolean isAgreed) {
        Parameters asked = call.query();
        requireAuthorizable(asked);
        String state =
                asked.first("state").map(value -> "&state=" + encoded(value)).orElse("");
        if (!isAgreed) {
            return back(asked, "error=access_denied" + state);
        }
        List<String> scopes = scopes(asked);
        if (scopes.isEmpty()
                || !scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            return back(asked, "error=invalid_scope" + state);
        }
        Consent consent = new Consent(asked.get("redirect_uri", ""), scopes, call.now());
        return back(asked, "code=" + mall.consent(consent) + state);
    }

    Answer token(MallState mall, Call call) {
        requireClient(call);
        if (!call.isForm() || !call.query().isEmpty()) {
            throw Problem.oauth(400, "invalid_request", "The parameters must be a form in the body.");
        }
        Parameters form = call.form();
        return switch (form.get("grant_type", "")) {
            case "authorization_code" -> answer(mall, redeemed(mall, form, call), call);
            case "refresh_token" -> answer(mall, renewed(mall, form, call), call);
            default -> throw Problem.oauth(400, "invalid_request", "grant_type is missing or unknown.");
        };
    }

    Answer revoke(MallState mall, Call call) {
        requireClient(call);
        String token = call.form()
                .first("token")
                .orElseThrow(() -> Problem.oauth(400, "invalid_request", "token is missing."));
        mall.revoke(token);
        return Answer.json(200, new Fields());
    }

    private static Tokens redeemed(MallState mall, Parameters form, Call call) {
        Consent consent = form.first("code")
                .flatMap(mall::redeem)
                .filter(known -> known.isAlive(call.now()))
                .filter(known -> known.redirectUri().equals(form.get("redirect_uri", "")))
                .orElseThrow(() -> Problem.oauth(400, "invalid_grant", "The code is wrong, used or too old."));
        return mall.issue(consent.scopes(), call.now());
    }

    private static Tokens renewed(MallState mall, Parameters form, Call call) {
        return form.first("refresh_token")
                .flatMap(token -> mall.renew(token, call.now()))
                .orElseThrow(() -> Problem.oauth(400, "invalid_grant", "Invalid refresh_token"));
    }

    private Answer answer(MallState mall, Tokens tokens, Call call) {
        String id = mall.mall().mallId();
        return Answer.json(
                200,
                Fields.of("access_token", tokens.access())
                        .with(
                                "expires_at",
                                Days.localMillis(tokens.accessGrant().expiresAt()))
                        .with("refresh_token", tokens.refresh())
                        .with(
                                "refresh_token_expires_at",
                                Days.localMillis(tokens.refreshGrant().expiresAt()))
                        .with("client_id", app.clientId())
                        .with("mall_id", id)
                        .with("user_id", id)
                        .with("scopes", tokens.accessGrant().scopes())
                        .with("issued_at", Days.localMillis(call.now()))
                        .with("shop_no", "1")
                        .with("token_type", "Bearer"));
    }

    private void requireClient(Call call) {
        String expected = app.clientId() + ":" + app.clientSecret();
        Optional<String> given = call.header("authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> decoded(value.substring(6)));
        if (!given.equals(Optional.of(expected))) {
            throw Problem.oauth(401, "invalid_client", "The client is unknown, or its secret is wrong.");
        }
    }

    private void requireAuthorizable(Parameters asked) {
        if (!asked.get("response_type", "").equals("code")
                || !asked.get("client_id", "").equals(app.clientId())) {
            throw new Refused(Problem.of(400, "response_type or client_id is wrong."));
        }
        if (!app.mayReturnTo(asked.get("redirect_uri", ""))) {
            throw new Refused(Problem.of(400, "redirect_uri is not registered."));
        }
    }

    /** Separated by blanks, as documented, or by commas, as many clients send them. */
    private static List<String> scopes(Parameters asked) {
        return Arrays.stream(asked.get("scope", "").split("[ ,]+", -1))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    private static Answer back(Parameters asked, String result) {
        String uri = asked.get("redirect_uri", "");
        return Answer.redirect(uri + (uri.contains("?") ? "&" : "?") + result);
    }

    private static String page(MallState mall, Parameters asked) {
        return """
                <!doctype html><html lang="ko"><head><meta charset="utf-8"><title>앱 권한 동의</title></head><body>
                <h1>%s 쇼핑몰의 앱 권한 동의</h1>
                <ul>%s</ul>
                <form method="post">
                <button name="decision" value="agree">동의함</button>
                <button name="decision" value="deny">취소</button>
                </form></body></html>
                """.formatted(
                        mall.mall().mallId(),
                        String.join(
                                "",
                                scopes(asked).stream()
                                        .filter(scope -> SCOPE.matcher(scope).matches())
                                        .map(scope -> "<li>" + scope + "</li>")
                                        .toList()));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
