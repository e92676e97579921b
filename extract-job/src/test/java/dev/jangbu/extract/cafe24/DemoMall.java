package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.http.TokenSource;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A mall of the sandbox whose operator has consented, and runs over it. */
final class DemoMall {
    static final String RETURN_TO = "http://127.0.0.1:39000/callback";

    private final TestTime time;
    private final ShopRuns runs;
    private final String accountId;

    private DemoMall(TestTime time, ShopRuns runs, String accountId) {
        this.time = time;
        this.runs = runs;
        this.accountId = accountId;
    }

    /** The mall of the shop that is there from the start. */
    static DemoMall open(TestDatabase database, Path folder, TestTime time) throws NeedsAttention {
        return open(database, folder, time, "hlogdemo");
    }

    static DemoMall open(TestDatabase database, Path folder, TestTime time, String shop) throws NeedsAttention {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Account account = add(accounts, time, shop, 0);
        return new DemoMall(time, ShopRuns.of(database, folder, accounts, account.id(), time), account.id());
    }

    /** A mall of which these shops are read. */
    static DemoMall open(TestDatabase database, Path folder, TestTime time, String shop, List<Integer> shops)
            throws NeedsAttention {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Account account = add(accounts, time, shop, 0, shops);
        return new DemoMall(time, ShopRuns.of(database, folder, accounts, account.id(), time), account.id());
    }

    /** The account of the demo's mall, with the tokens of a consent. */
    static Account add(TestAccounts accounts, TestTime time) throws NeedsAttention {
        return add(accounts, time, "hlogdemo", 0);
    }

    /** @param lateHours later than the platform says, so that many hours, the access token ends */
    static Account add(TestAccounts accounts, TestTime time, String shop, int lateHours) throws NeedsAttention {
        return add(accounts, time, shop, lateHours, Account.FIRST_SHOP);
    }

    private static Account add(TestAccounts accounts, TestTime time, String shop, int lateHours, List<Integer> shops)
            throws NeedsAttention {
        JsonNode mall = TestSandbox.account(shop).get("cafe24");
        String mallId = mall.get("mall_id").asString();
        Map<String, String> secrets = secrets(mall);
        Account account = new Account(
                "cafe24-" + mallId,
                "hlog",
                Channel.CAFE24,
                mallId,
                mall.get("base_url").asString(),
                null,
                shops);
        Credential.Token token = consent(account, secrets, time);
        Credential.Token held = new Credential.Token(
                token.access(),
                token.accessExpiresAt().plus(Duration.ofHours(lateHours)),
                token.refresh(),
                token.refreshExpiresAt());
        return accounts.add(account, secrets, held);
    }

    /** The token of another consent. */
    static Credential.Token consent(Account account, TestTime time) throws NeedsAttention {
        JsonNode mall = TestSandbox.account(account.externalId()).get("cafe24");
        return consent(account, secrets(mall), time);
    }

    private static Map<String, String> secrets(JsonNode mall) {
        return Map.of(
                "client_id", mall.get("client_id").asString(),
                "client_secret", mall.get("client_secret").asString());
    }

    private static Credential.Token consent(Account account, Map<String, String> secrets, TestTime time)
            throws NeedsAttention {
        try (Transport transport = Transport.open()) {
            return new Cafe24TokenEndpoint(transport, time.pace(), TestSandbox.ENVIRONMENT)
                    .redeem(account, new Credential(secrets, null), code(account.externalId()), RETURN_TO);
        }
    }

    /** The operator agrees; what the redirect brings. */
    static String code(String mallId) {
        return TestSandbox.redirect("/cafe24/" + mallId
                        + "/authorize?response_type=code&client_id=sbx-client&state=s&redirect_uri="
                        + URLEncoder.encode(RETURN_TO, StandardCharsets.UTF_8) + "&scope="
                        + URLEncoder.encode(String.join(" ", Cafe24TokenEndpoint.SCOPES), StandardCharsets.UTF_8))
                .replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    ShopRuns runs() {
        return runs;
    }

    TestTime time() {
        return time;
    }

    /** A run for today. */
    ExitCode run(String dataset) {
        return runs.run(source(), dataset, today());
    }

    /** A run that reads from a day on. */
    ExitCode run(String dataset, @Nullable String fromDate) {
        LocalDate from = fromDate == null ? null : LocalDate.parse(fromDate);
        return runs.run(source(), dataset, today(), new WindowOptions(accountId, false, from), time);
    }

    Cafe24Source source() {
        return new Cafe24Source(TestSandbox.ENVIRONMENT, time);
    }

    /** The mall itself, asked with the account's token. */
    Mall api(TestDatabase database, Path folder, Transport transport) throws SQLException {
        Accounts accounts = new TestAccounts(database, folder.resolve("key")).open(time);
        Account account = accounts.named(accountId);
        TokenSource tokens = TokenSource.of(
                accounts.tokens(new Cafe24TokenEndpoint(transport, time.pace(), TestSandbox.ENVIRONMENT)), account);
        return Mall.of(account, transport, time.pace(), tokens, TestSandbox.ENVIRONMENT);
    }

    /** The landing's records. */
    List<JsonNode> landed(String dataset) {
        return runs.records(dataset, today()).stream()
                .map(record -> Json.mapper().readTree(record))
                .toList();
    }

    Map<String, Long> counts(String dataset) {
        return runs.landing(dataset, today()).read("no remedy").counts();
    }

    /** Of the last landing of orders. */
    int count(String name) {
        return Math.toIntExact(Objects.requireNonNull(counts("orders").get(name), name));
    }

    LocalDate today() {
        return LocalDate.ofInstant(Instant.now(time), ZoneId.of("Asia/Seoul"));
    }
}
