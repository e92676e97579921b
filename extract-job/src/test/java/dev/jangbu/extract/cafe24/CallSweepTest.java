package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.CallSweep;
import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
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

/** Each call to a mall fails once, by each kind. */
@ExtendWith(PostgresExtension.class)
class CallSweepTest {
    /** A Tuesday: products are read by when they changed. */
    private static final String NOW = "2026-03-10T04:10:00+09:00";

    /** Products are scanned wholly. */
    private static final String SUNDAY = "2026-03-08T04:10:00+09:00";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "orders, " + NOW + ", /admin/, 23",
        "refunds, " + NOW + ", /admin/, 2",
        "products, " + NOW + ", /admin/products, 2",
        "products, " + SUNDAY + ", /admin/, 46",
        "coupons, " + NOW + ", /admin/, 2"
    })
    void oneFailedCallLosesAndDoublesNothing(String dataset, String now, String paths, int calls, TestDatabase database)
            throws Exception {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("truncated_json", "SCHEMA");
        endings.put("drop_before_response", CallSweep.WHOLE);
        endings.put("html_200", "SCHEMA");
        endings.put("status:503", CallSweep.WHOLE);
        endings.put("status:400", "BAD_REQUEST");
        endings.put("status:429", CallSweep.WHOLE);
        endings.put("expire_token_mid_paging", CallSweep.WHOLE);

        assertThat(sweep(dataset, now, paths, false, database).callsThatEnd(endings))
                .isEqualTo(calls);
    }

    /** Where the answer is lost, the refresh token may be; {@link Cafe24SourceTest} has those. */
    @Test
    void oneFailedCallForATokenLosesNothing(TestDatabase database) throws Exception {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("drop_before_response", CallSweep.WHOLE);
        endings.put("status:503", CallSweep.WHOLE);
        endings.put("status:400", "BAD_REQUEST");
        endings.put("status:429", CallSweep.WHOLE);

        assertThat(sweep("coupons", NOW, "/oauth/token", true, database).callsThatEnd(endings))
                .isEqualTo(1);
    }

    private CallSweep sweep(String dataset, String now, String paths, boolean isWithoutToken, TestDatabase database)
            throws Exception {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Account account = DemoMall.add(accounts, TestSandbox.resetSmall(now), TestSandbox.SMALL, 0);
        return new CallSweep(
                new CallSweep.Subject(
                        "cafe24",
                        paths,
                        account,
                        dataset,
                        now,
                        "2026-03-07T21:00:00+09:00",
                        false,
                        time -> DemoMall.consent(account, time),
                        isWithoutToken,
                        time -> new Cafe24Source(TestSandbox.ENVIRONMENT, time)),
                accounts,
                folder);
    }
}
