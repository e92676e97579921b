package dev.jangbu.extract.ga4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class UniversalAnalyticsSourceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anExportBecomesRowsLikeThoseOfGa4(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database);

        assertThat(runs.run(export("""
                        # Exported 2023-06-30
                        ga:date,ga:sourceMedium,ga:sessions,ga:users,ga:transactions,ga:transactionRevenue
                        20230101,google / organic,"1,118",97,4,212000.0
                        2023-01-02,(direct) / (none),3,2,0,0
                        """), "web-traffic", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(runs.records("web-traffic", DAY))
                .containsExactly(
                        "{\"date\":\"20230101\",\"sessionDefaultChannelGroup\":\"(not set)\",\"sessionSource\":\"google\","
                                + "\"sessionMedium\":\"organic\",\"sessions\":1118,\"totalUsers\":97,"
                                + "\"ecommercePurchases\":4,\"purchaseRevenue\":212000.0,\"approximate\":false}",
                        "{\"date\":\"20230102\",\"sessionDefaultChannelGroup\":\"(not set)\",\"sessionSource\":\"(direct)\","
                                + "\"sessionMedium\":\"(none)\",\"sessions\":3,\"totalUsers\":2,"
                                + "\"ecommercePurchases\":0,\"purchaseRevenue\":0,\"approximate\":false}");
        assertThat(runs.landing("web-traffic", DAY).read("no remedy").profile()).isEqualTo("ua");
    }

    @Test
    void aRowThatCannotBeReadLandsNothing(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database);

        assertThat(runs.run(export("""
                        ga:date,ga:sourceMedium,ga:sessions,ga:users,ga:transactions,ga:transactionRevenue
                        20230101,google / organic,118,97,4,212000
                        20230102,google / organic,many,97,4,212000
                        """), "web-traffic", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("SCHEMA: ga:sessions: many (expected: a number) in ", "ua.csv:3");
        assertThat(runs.landing("web-traffic", DAY).manifest()).isEmpty();
    }

    @Test
    void anotherFileIsRefused(TestDatabase database) throws IOException {
        ShopRuns runs = runs(database);

        assertThat(runs.run(export("date,sessions\n20230101,4\n"), "web-traffic", DAY))
                .isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("SCHEMA: ga:sourceMedium: missing (expected: a column of that name)");
        assertThatThrownBy(() -> new UniversalAnalyticsSource(folder.resolve("none.csv")))
                .hasMessageEndingWith("none.csv (expected: a CSV export of Universal Analytics)");
    }

    private UniversalAnalyticsSource export(String csv) throws IOException {
        return new UniversalAnalyticsSource(Files.writeString(folder.resolve("ua.csv"), csv));
    }

    private ShopRuns runs(TestDatabase database) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account("ga4-300", "hlog", Channel.GA4, "300", null, null), Map.of("service_account", "{}"), null);
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T00:00:00Z"), ZoneOffset.UTC);
        return ShopRuns.of(database, folder, accounts, "ga4-300", clock);
    }
}
