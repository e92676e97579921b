package dev.jangbu.extract.smartstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.CallSweep;
import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each call to a store fails once, by each kind. */
@ExtendWith(PostgresExtension.class)
class CallSweepTest {
    private static final String NOW = "2026-03-10T04:10:00+09:00";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"orders, false, 4", "orders, true, 4", "products, false, 1"})
    void oneFailedCallLosesAndDoublesNothing(String dataset, boolean isFirst, int calls, TestDatabase database)
            throws Exception {
        Map<String, String> endings = ofAnyCall();
        endings.put("drop_before_response", CallSweep.WHOLE);
        endings.put("expire_token_mid_paging", CallSweep.WHOLE);

        assertThat(sweep(dataset, "/v1/p", isFirst, false, database).callsThatEnd(endings))
                .isEqualTo(calls);
    }

    /** One call for a token in a minute: it is not made again in the dark. */
    @Test
    void oneFailedCallForATokenLosesNothing(TestDatabase database) throws Exception {
        Map<String, String> endings = ofAnyCall();
        endings.put("drop_before_response", "UNAVAILABLE");

        assertThat(sweep("products", "/oauth2/token", false, true, database).callsThatEnd(endings))
                .isEqualTo(1);
    }

    /** Its 503 says that the platform is closed for work on it. */
    private static Map<String, String> ofAnyCall() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("truncated_json", "SCHEMA");
        endings.put("html_200", "SCHEMA");
        endings.put("status:504", CallSweep.WHOLE);
        endings.put("status:503", "MAINTENANCE");
        endings.put("status:429", CallSweep.WHOLE);
        endings.put("status:400", "BAD_REQUEST");
        return endings;
    }

    private CallSweep sweep(
            String dataset, String paths, boolean isFirst, boolean isWithoutToken, TestDatabase database) {
        TestSandbox.resetSmall(NOW);
        JsonNode store = TestSandbox.account(TestSandbox.SMALL).get("naver");
        Account account = new Account(
                "naver-small",
                "hlog",
                Channel.NAVER,
                "small",
                store.get("base_url").asString(),
                null);
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Map<String, String> secrets = Map.of(
                "client_id", store.get("client_id").asString(),
                "client_secret", store.get("client_secret").asString());
        return new CallSweep(
                new CallSweep.Subject(
                        "naver",
                        paths,
                        accounts.add(account, secrets, null),
                        dataset,
                        NOW,
                        "2026-03-07T21:00:00+09:00",
                        isFirst,
                        CallSweep.Consent.NONE,
                        isWithoutToken,
                        time -> new SmartStoreSource(TestSandbox.ENVIRONMENT, clock -> time.pace())),
                accounts,
                folder);
    }
}
