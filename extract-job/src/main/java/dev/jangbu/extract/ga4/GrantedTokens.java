package dev.jangbu.extract.ga4;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TokenEndpoint;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.ApiRequest.Parameter;
import dev.jangbu.extract.http.BaseAddress;
import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.Promised;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens for assertions, asked for at Google only: the key file names the address, and anybody may have written it. */
final class GrantedTokens implements TokenEndpoint {
    private static final Set<String> HOSTS = Set.of("oauth2.googleapis.com");
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Transport transport;
    private final Map<String, String> environment;
    private final Pace pace;

    GrantedTokens(Transport transport, Map<String, String> environment, Pace pace) {
        this.transport = transport;
        this.environment = environment;
        this.pace = pace;
    }

    record Issued(String accessToken, Long expiresIn) {
        Issued {
            Promised.present("access_token", accessToken);
            Promised.present("expires_in", expiresIn);
        }
    }

    @Override
    public Credential.Token renew(Account account, Credential credential) throws NeedsAttention {
        ServiceAccount reader = ServiceAccount.of(credential.secrets().getOrDefault("service_account", ""));
        Dialect dialect = new GoogleDialect();
        ApiClient client = ApiClient.withoutToken(transport, address(reader), dialect, pace);
        Instant asked = pace.clock().instant();
        ApiRequest call = ApiRequest.form(
                "", List.of(new Parameter("grant_type", GRANT), new Parameter("assertion", reader.assertion(asked))));
        Issued issued = client.read(call, Issued.class, Reply.Spelling.SNAKE);
        return new Credential.Token(issued.accessToken(), asked.plusSeconds(issued.expiresIn()), null, null);
    }

    private BaseAddress address(ServiceAccount reader) {
        BaseAddress address = BaseAddress.of(reader.tokenUri(), environment);
        String host = URI.create(reader.tokenUri()).getHost();
        if (!address.isThisMachine() && !HOSTS.contains(host)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "token_uri: " + host + " (expected: " + String.join(", ", HOSTS)
                            + ", in the service account's file)");
        }
        return address;
    }
}
