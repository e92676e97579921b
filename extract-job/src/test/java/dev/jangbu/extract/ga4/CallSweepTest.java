package dev.jangbu.extract.ga4;

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
import tools.jackson.databind.JsonNode;

/** Each call to a property fails once, by each kind. */
@ExtendWith(PostgresExtension.class)
class CallSweepTest {
    private static final String NOW = "2026-03-10T04:10:00+09:00";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneFailedCallLosesAndDoublesNothing(TestDatabase database) throws Exception {
        Map<String, String> endings = ofAnyCall();
        endings.put("drop_before_response", CallSweep.WHOLE);
        endings.put("expire_token_mid_paging", CallSweep.WHOLE);

        assertThat(sweep(":runReport", false, database).callsThatEnd(endings)).isEqualTo(18);
    }

    /** A call for a token is not made again in the dark. */
    @Test
    void oneFailedCallForATokenLosesNothing(TestDatabase database) throws Exception {
        Map<String, String> endings = ofAnyCall();
        endings.put("drop_before_response", "UNAVAILABLE");

        assertThat(sweep("/token", true, database).callsThatEnd(endings)).isEqualTo(1);
    }

    /** Google's 429 is a quota: it is not waited for. */
    private static Map<String, String> ofAnyCall() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("truncated_json", "SCHEMA");
        endings.put("html_200", "SCHEMA");
        endings.put("status:503", CallSweep.WHOLE);
        endings.put("status:429", "QUOTA");
        endings.put("status:400", "BAD_REQUEST");
        return endings;
    }

    private CallSweep sweep(String paths, boolean isWithoutToken, TestDatabase database) {
        TestSandbox.resetSmall(NOW);
        JsonNode property = TestSandbox.account(TestSandbox.SMALL).get("ga4");
        Account account = new Account(
                "ga4-small",
                "hlog",
                Channel.GA4,
                property.get("property_id").asString(),
                property.get("base_url").asString(),
                null);
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        return new CallSweep(
                new CallSweep.Subject(
                        "ga4",
                        paths,
                        accounts.add(
                                account,
                                Map.of(
                                        "service_account",
                                        property.get("key_file").toString()),
                                null),
                        "web-traffic",
                        NOW,
                        "2026-03-08T21:00:00+09:00",
                        false,
                        CallSweep.Consent.NONE,
                        isWithoutToken,
                        time -> new Ga4Source(TestSandbox.ENVIRONMENT, clock -> time.pace())),
                accounts,
                folder);
    }
}
