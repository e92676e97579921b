package dev.jangbu.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The round trip of an operator's browser through the sandbox's mall. */
@ExtendWith(PostgresExtension.class)
class AccountsConsentTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of("");

    private final TestTime time = TestSandbox.reset("default");

    @Test
    void aConsentBringsTokensThatAreKept(TestDatabase database) throws Exception {
        Map<String, String> environment = mall(database);
        assertThat(run(new AccountsTestCommand(environment, time)))
                .isEqualTo("FAILED account cafe24-hlogdemo needs attention: REAUTH_REQUIRED, nobody has consented yet;"
                        + " accounts consent, by the mall's operator");
        Waiting command = Waiting.begin(consent(environment), folder);

        String back = decide(command.address(), "agree");
        assertThat(get(back)).isEqualTo(200);

        assertThat(command.end()).isEqualTo("DONE");
        assertThat(database.rows("SELECT status, access_expires_at AT TIME ZONE 'UTC' FROM ops.account"
                        + " JOIN ops.credential USING (account_id)"))
                .containsExactly("ACTIVE|2026-03-02 02:00:00");
        assertThat(run(new AccountsTestCommand(environment, time)))
                .matches(
                        "DONE cafe24-hlogdemo answers: \\d+ orders today, \\d+ products, \\d+ categories, \\d+ coupons");
    }

    @Test
    void aStateThatIsNotOursCountsForNothing(TestDatabase database) throws Exception {
        Waiting command = Waiting.begin(consent(mall(database)), folder);
        String back = decide(command.address(), "agree");

        assertThat(get(back.replaceAll("state=[^&]*", "state=forged"))).isEqualTo(400);
        assertThat(get(back.replaceAll("[?&]state=[^&]*", ""))).isEqualTo(400);

        assertThat(get(back)).isEqualTo(200);
        assertThat(command.end()).isEqualTo("DONE");
    }

    @Test
    void anAddressTheBrowserCannotReachMayBePasted(TestDatabase database) throws Exception {
        try (PipedOutputStream people = new PipedOutputStream()) {
            Waiting command = Waiting.begin(
                    new AccountsConsentCommand(mall(database), time, PATIENCE, new PipedInputStream(people)), folder);
            String back = decide(command.address(), "agree");

            String forged = back.replaceAll("state=[^&]*", "state=forged");
            people.write((forged + "\nhello\n\n" + back + "\n").getBytes(StandardCharsets.UTF_8));
            people.flush();

            assertThat(command.end()).isEqualTo("DONE");
            assertThat(database.rows("SELECT status FROM ops.account")).containsExactly("ACTIVE");
        }
    }

    @Test
    void aRefusalIsTold(TestDatabase database) throws Exception {
        Waiting command = Waiting.begin(consent(mall(database)), folder);

        assertThat(get(decide(command.address(), "deny"))).isEqualTo(200);

        assertThat(command.end()).isEqualTo("FAILED consent: access_denied (expected: the operator agrees)");
    }

    @Test
    void nobodyIsWaitedForForEver(TestDatabase database) throws Exception {
        Waiting command = Waiting.begin(
                new AccountsConsentCommand(mall(database), time, Duration.ofMillis(1), InputStream.nullInputStream()),
                folder);

        assertThat(command.end())
                .isEqualTo("FAILED consent: none within 0 s (expected: the operator agrees); begin again");
    }

    @Test
    void othersNeedNoConsent(TestDatabase database) {
        new TestAccounts(database, folder.resolve("key"))
                .add(
                        new Account("naver-hlog", "hlog", Channel.NAVER, "hlog", null, null),
                        Map.of("client_id", "i", "client_secret", "s"),
                        null);
        Map<String, String> environment = new TestAccounts(database, folder.resolve("key")).environment();

        assertThat(run(consent(environment), "naver-hlog"))
                .isEqualTo("USAGE naver-hlog: of naver (expected: an account of cafe24; others need no consent)");
    }

    private AccountsConsentCommand consent(Map<String, String> environment) {
        return new AccountsConsentCommand(environment, time, PATIENCE, InputStream.nullInputStream());
    }

    /** The demo's mall, to which nobody has consented. */
    private Map<String, String> mall(TestDatabase database) {
        JsonNode mall = TestSandbox.account("hlogdemo").get("cafe24");
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.addCafe24(
                mall.get("mall_id").asString(),
                mall.get("base_url").asString(),
                Map.of(
                        "client_id", mall.get("client_id").asString(),
                        "client_secret", mall.get("client_secret").asString()),
                null);
        Map<String, String> environment = new HashMap<>(accounts.environment());
        environment.putAll(TestSandbox.ENVIRONMENT);
        return environment;
    }

    /** What the operator's browser does with the page; where it is sent back to. */
    private static String decide(String address, String decision) {
        HttpRequest form = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("decision=" + decision))
                .build();
        return TestSandbox.send(form).headers().firstValue("Location").orElseThrow();
    }

    private static int get(String address) {
        return TestSandbox.send(
                        HttpRequest.newBuilder(URI.create(address)).GET().build())
                .statusCode();
    }

    private String run(Callable<ExitCode> command, String... arguments) {
        StringWriter output = new StringWriter();
        String end = call(command, new PrintWriter(output, true), folder, arguments);
        return end.equals("DONE") ? end + " " + output.toString().strip() : end;
    }

    private static String call(Callable<ExitCode> command, PrintWriter out, Path workspace, String... arguments) {
        CommandLine line = new CommandLine(command).setOut(out);
        List<String> all = new ArrayList<>(List.of("--workspace", workspace.toString()));
        all.addAll(arguments.length == 0 ? List.of("cafe24-hlogdemo") : List.of(arguments));
        line.parseArgs(all.toArray(String[]::new));
        try {
            return command.call().name();
        } catch (JobFailure told) {
            return told.exitCode() + " " + told.getMessage();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A command that waits for a browser. */
    private record Waiting(BufferedReader output, CompletableFuture<String> ended) {
        static Waiting begin(Callable<ExitCode> command, Path workspace) throws IOException {
            PipedReader reader = new PipedReader(4_096);
            PrintWriter out = new PrintWriter(new PipedWriter(reader), true);
            return new Waiting(
                    new BufferedReader(reader),
                    CompletableFuture.supplyAsync(
                            () -> call(command, out, workspace, "cafe24-hlogdemo", "--port", "0")));
        }

        String address() throws IOException {
            assertThat(output.readLine()).startsWith("open in the browser of the mall's operator");
            return Objects.requireNonNull(output.readLine());
        }

        String end() throws Exception {
            return ended.get(1, TimeUnit.MINUTES);
        }
    }
}
