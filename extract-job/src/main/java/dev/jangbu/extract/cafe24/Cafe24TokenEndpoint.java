package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TokenEndpoint;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.ApiRequest.Parameter;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of a mall. Each refresh rotates the refresh token, and the old one is worth nothing at once: an answer that is lost
 * on its way may have taken the token with it. It is asked for once more, and when that is refused only the owner's consent
 * helps. Two renewals at a time cannot be: the account's row is locked.
 */
public final class Cafe24TokenEndpoint implements TokenEndpoint {
    /** What Jangbu reads, and the least it can do with. */
    public static final List<String> SCOPES =
            List.of("mall.read_category", "mall.read_product", "mall.read_order", "mall.read_promotion");

    private static final Logger log = LoggerFactory.getLogger(Cafe24TokenEndpoint.class);

    private final Transport transport;
    private final Pace pace;
    private final Map<String, String> environment;

    public Cafe24TokenEndpoint(Transport transport, Pace pace, Map<String, String> environment) {
        this.transport = transport.forTokens();
        this.pace = pace;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Credential.Token renew(Account account, Credential credential) throws NeedsAttention {
        Credential.@Nullable Token held = credential.token();
        if (held == null || held.refresh() == null) {
            throw new NeedsAttention(Attention.REAUTH_REQUIRED, "nobody has consented yet");
        }
        ApiRequest call = call(
                credential,
                new Parameter("grant_type", "refresh_token"),
                new Parameter("refresh_token", Objects.requireNonNull(held.refresh())));
        try {
            return ask(account, call);
        } catch (JobFailure failure) {
            if (!isAmbiguous(failure)) {
                throw failure;
            }
            log.warn("account={} token=unknown reason=\"{}\"; asking once more", account.id(), failure.getMessage());
            return askAgain(account, call);
        }
    }

    /**
     * The first token, for the code that an owner's consent brought.
     *
     * @throws NeedsAttention when the code is too old, used or of another app, or the consent lacks a scope
     */
    public Credential.Token redeem(Account account, Credential credential, String code, String redirectUri)
            throws NeedsAttention {
        return ask(
                account,
                call(
                        credential,
                        new Parameter("grant_type", "authorization_code"),
                        new Parameter("code", code),
                        new Parameter("redirect_uri", redirectUri)));
    }

    private Credential.Token askAgain(Account account, ApiRequest call) throws NeedsAttention {
        try {
            return ask(account, call);
        } catch (NeedsAttention refusal) {
            if (refusal.attention() != Attention.REAUTH_REQUIRED) {
                throw refusal;
            }
            throw new NeedsAttention(
                    Attention.REAUTH_REQUIRED, "lost_rotation: a new token was made and its answer never came");
        }
    }

    private Credential.Token ask(Account account, ApiRequest call) throws NeedsAttention {
        TokenAnswer answer = ApiClient.withoutToken(
                        transport, Mall.address(account, environment), new TokenDialect(), pace)
                .read(call, TokenAnswer.class, Reply.Spelling.SNAKE);
        Optional<String> lacking = SCOPES.stream()
                .filter(scope -> !answer.scopes().contains(scope))
                .findFirst();
        if (lacking.isPresent()) {
            throw new NeedsAttention(Attention.SCOPE, lacking.get() + " is missing");
        }
        return answer.token();
    }

    private static ApiRequest call(Credential credential, Parameter... fields) {
        String pair = credential.secrets().get("client_id") + ":"
                + credential.secrets().get("client_secret");
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return ApiRequest.form("oauth/token", List.of(fields)).header("Authorization", "Basic " + basic);
    }

    /** Whether the token may have been made all the same. */
    private static boolean isAmbiguous(JobFailure failure) {
        return FailureKind.of(failure)
                .filter(kind -> kind == FailureKind.UNAVAILABLE || kind == FailureKind.SCHEMA)
                .isPresent();
    }
}
