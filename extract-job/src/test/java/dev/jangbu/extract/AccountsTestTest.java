package dev.jangbu.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code accounts test} of platforms that need no consent; a mall's is with its consent. */
@ExtendWith(PostgresExtension.class)
class AccountsTestTest {
    @TempDir
    private Path folder = Path.of("");

    private final TestTime time = TestSandbox.reset("default");

    @Test
    void aStoreAnswersAndIsTakenInAgain(TestDatabase database) {
        JsonNode store = TestSandbox.account("hlogdemo").get("naver");
        Map<String, String> environment = add(
                database,
                new Account(
                        "naver-hlog",
                        "hlog",
                        Channel.NAVER,
                        "hlogdemo",
                        store.get("base_url").asString(),
                        null),
                Map.of(
                        "client_id", store.get("client_id").asString(),
                        "client_secret", store.get("client_secret").asString()));
        database.execute("UPDATE ops.account SET status = 'NEEDS_ATTENTION', needs_attention_reason = 'WRONG_SECRET'");

        assertThat(test(environment, "naver-hlog")).matches("naver-hlog answers: orders, and \\d+ products");

        assertThat(state(database)).isEqualTo("ACTIVE|NULL");
    }

    @Test
    void aStoreWithAWrongSecretIsForItsOwner(TestDatabase database) {
        JsonNode store = TestSandbox.account("hlogdemo").get("naver");
        Map<String, String> environment = add(
                database,
                new Account(
                        "naver-hlog",
                        "hlog",
                        Channel.NAVER,
                        "hlogdemo",
                        store.get("base_url").asString(),
                        null),
                Map.of(
                        "client_id",
                        store.get("client_id").asString(),
                        "client_secret",
                        "$2a$04$abcdefghijklmnopqrstuu"));

        assertThatThrownBy(() -> test(environment, "naver-hlog"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("account naver-hlog needs attention: WRONG_SECRET, ");

        assertThat(state(database)).isEqualTo("NEEDS_ATTENTION|WRONG_SECRET");
    }

    @Test
    void aPropertyAnswers(TestDatabase database) {
        assertThat(test(property(database, null), "ga4-hlog")).matches("ga4-hlog answers: \\d+ rows of 2026-03-01");
    }

    @Test
    void aPropertyThatIsNotTheReadersIsForItsOwner(TestDatabase database) {
        Map<String, String> environment = property(database, "1");

        assertThatThrownBy(() -> test(environment, "ga4-hlog"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("account ga4-hlog needs attention: PERMISSION_DENIED, ");

        assertThat(state(database)).isEqualTo("NEEDS_ATTENTION|PERMISSION_DENIED");
    }

    @Test
    void aPlatformThatAskedForAPersonIsLetAloneForADay(TestDatabase database) {
        JsonNode seller = TestSandbox.account("hlogdemo").get("ably");
        Map<String, String> environment = add(
                database,
                new Account(
                        "ably-hlog",
                        "hlog",
                        Channel.ABLY,
                        "hlogdemo",
                        seller.get("base_url").asString(),
                        null),
                Map.of(
                        "email",
                        seller.get("email").asString(),
                        "password",
                        seller.get("password").asString()));
        database.execute("UPDATE ops.account SET status = 'NEEDS_ATTENTION', needs_attention_reason = 'HUMAN_NEEDED',"
                + " updated_at = clock_timestamp() - INTERVAL '23 hours'");

        assertThatThrownBy(() -> test(environment, "ably-hlog", "--crawl"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("HUMAN_NEEDED: log-in: the platform asked for a person less than 24 hours ago");

        assertThat(state(database)).isEqualTo("NEEDS_ATTENTION|HUMAN_NEEDED");
        assertThat(TestSandbox.get("/journal?after=0").get("entries")).isEmpty();
    }

    private Map<String, String> property(TestDatabase database, @Nullable String otherId) {
        JsonNode property = TestSandbox.account("hlogdemo").get("ga4");
        String id = otherId == null ? property.get("property_id").asString() : otherId;
        return add(
                database,
                new Account(
                        "ga4-hlog",
                        "hlog",
                        Channel.GA4,
                        id,
                        property.get("base_url").asString(),
                        null),
                Map.of("service_account", property.get("key_file").toString()));
    }

    private Map<String, String> add(TestDatabase database, Account account, Map<String, String> secrets) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(account, secrets, null);
        Map<String, String> environment = new HashMap<>(accounts.environment());
        environment.putAll(TestSandbox.ENVIRONMENT);
        return environment;
    }

    private String test(Map<String, String> environment, String... arguments) {
        StringWriter output = new StringWriter();
        AccountsTestCommand command = new AccountsTestCommand(environment, time);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--workspace";
        all[arguments.length + 1] = folder.toString();
        new CommandLine(command).setOut(new PrintWriter(output, true)).parseArgs(all);
        assertThat(command.call()).isEqualTo(ExitCode.DONE);
        return output.toString().strip();
    }

    private static String state(TestDatabase database) {
        return database.rows("SELECT status, needs_attention_reason FROM ops.account")
                .get(0);
    }
}
