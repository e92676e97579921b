package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.AccountsRenewCommand;
import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.AccountsListCommand;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A mall that nobody extracts from: its refresh token lasts for two weeks. */
@ExtendWith(PostgresExtension.class)
class IdleMallTest {
    @TempDir
    private Path folder = Path.of("");

    private final TestTime time = TestSandbox.reset("default");
    private Map<String, String> environment = Map.of();

    @Test
    void aTokenIsRenewedInItsSecondWeek(TestDatabase database) throws Exception {
        consent(database);
        time.sleep(Duration.ofDays(6));
        assertThat(run(renew())).isEqualTo("DONE 0 due");
        time.sleep(Duration.ofDays(2));

        assertThat(run(renew(), "--dry-run")).isEqualTo("DONE would renew cafe24-hlogdemo");
        assertThat(run(renew())).isEqualTo("DONE cafe24-hlogdemo: renewed\n1 due");

        assertThat(database.value("SELECT refresh_expires_at AT TIME ZONE 'UTC' FROM ops.credential"))
                .isEqualTo("2026-03-24 00:00:00");
        assertThat(run(renew())).isEqualTo("DONE 0 due");
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asInt()).isEqualTo(2);
    }

    @Test
    void anEndInThreeDaysIsWarnedOf(TestDatabase database) throws Exception {
        consent(database);
        time.sleep(Duration.ofDays(10));
        assertThat(run(list())).endsWith(" active");
        time.sleep(Duration.ofDays(2));

        assertThat(run(list()))
                .endsWith(" active, but its token ends at 2026-03-16T00:00:00Z: accounts renew, or its owner must"
                        + " consent again");
        assertThat(run(list(), "--active", "--json")).contains("\"token_ends_at\":\"2026-03-16T00:00:00Z\"");
    }

    @Test
    void aTokenThatEndedIsForTheOwner(TestDatabase database) throws Exception {
        consent(database);
        time.sleep(Duration.ofDays(15));
        assertThat(run(list())).endsWith(" active, but its token has ended: accounts consent");

        assertThat(run(renew()))
                .startsWith("FAILED cafe24-hlogdemo: not renewed: account cafe24-hlogdemo needs attention:"
                        + " REAUTH_REQUIRED, ")
                .endsWith("\n1 due");

        assertThat(database.rows("SELECT status, needs_attention_reason FROM ops.account"))
                .containsExactly("NEEDS_ATTENTION|REAUTH_REQUIRED");
        assertThat(run(renew())).isEqualTo("DONE 0 due");
    }

    private void consent(TestDatabase database) throws Exception {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        DemoMall.add(accounts, time);
        environment = new HashMap<>(accounts.environment());
        environment.putAll(TestSandbox.ENVIRONMENT);
    }

    private AccountsRenewCommand renew() {
        return new AccountsRenewCommand(environment, time);
    }

    private AccountsListCommand list() {
        return new AccountsListCommand(environment, time);
    }

    private String run(Callable<ExitCode> command, String... arguments) throws Exception {
        StringWriter output = new StringWriter();
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--workspace";
        all[arguments.length + 1] = folder.toString();
        new CommandLine(command).setOut(new PrintWriter(output, true)).parseArgs(all);
        return command.call() + " " + output.toString().strip();
    }
}
