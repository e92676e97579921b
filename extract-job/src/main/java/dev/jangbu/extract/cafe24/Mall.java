package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.BaseAddress;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mall's Admin API, asked with the account's token. */
final class Mall {
    /** The setting that names the API's version. */
    static final String VERSION_SETTING = "JANGBU_CAFE24_API_VERSION";

    private static final String VERSION = "2026-03-01";

    private final ApiClient client;
    private final Pace pace;
    private final String version;
    private final int shopNo;

    private Mall(ApiClient client, Pace pace, String version, int shopNo) {
        this.client = client;
        this.pace = pace;
        this.version = version;
        this.shopNo = shopNo;
    }

    /**
     * Its first shop.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when nobody may be asked there, or the version is none
     */
    static Mall of(
            Account account, Transport transport, Pace pace, TokenSource tokens, Map<String, String> environment) {
        String version = environment.getOrDefault(VERSION_SETTING, VERSION);
        if (!version.matches("\\d{4}-\\d\\d-\\d\\d")) {
            throw new JobFailure(
                    ExitCode.USAGE, VERSION_SETTING + ": " + version + " (expected: a date such as " + VERSION + ")");
        }
        BaseAddress address = address(account, environment);
        return new Mall(ApiClient.of(transport, address, new AdminDialect(), pace, tokens), pace, version, 1);
    }

    /** Another shop of it, within the same budget. */
    Mall inShop(int number) {
        return new Mall(client, pace, version, number);
    }

    /** The shop that is asked. */
    int shopNo() {
        return shopNo;
    }

    /**
     * The mall's own host, unless the account has another address.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when the mall's id is no name, or nobody may be asked there
     */
    static BaseAddress address(Account account, Map<String, String> environment) {
        Channel.CAFE24.requireExternalId(account.externalId());
        @Nullable String other = account.baseUrl();
        return BaseAddress.of(
                other == null ? "https://" + account.externalId() + ".cafe24api.com/api/v2" : other, environment);
    }

    <T> T read(String path, Map<String, ?> parameters, Class<T> type) throws NeedsAttention {
        ApiRequest call = ApiRequest.get(path)
                .with("shop_no", shopNo)
                .with(parameters)
                .header("Content-Type", "application/json")
                .header("X-Cafe24-Api-Version", version);
        return client.read(call, type, Reply.Spelling.SNAKE);
    }

    int count(String path, Map<String, ?> parameters) throws NeedsAttention {
        return read(path, parameters, Answers.Count.class).count();
    }

    /** The time by the run's clock. */
    Instant now() {
        return pace.clock().instant();
    }

    /** Calls made so far. */
    long calls() {
        return client.calls();
    }
}
