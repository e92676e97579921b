package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.account.TokenStore;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However many ask at once, a token is renewed once; the sandbox counts. */
@ExtendWith(PostgresExtension.class)
class OneTokenCallTest {
    private static final int CALLERS = 50;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void fiftyThreadsOfTwoProcessesMakeOneCall(TestDatabase database) throws Exception {
        TestTime time = TestSandbox.reset("default");
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        Account account = DemoMall.add(accounts, time);
        time.sleep(Duration.ofHours(3));
        Set<String> tokens = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (Transport transport = Transport.open()) {
            List<TokenStore> stores = List.of(store(accounts, transport, time), store(accounts, transport, time));
            List<Future<Credential.Token>> got = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                TokenStore store = stores.get(caller % 2);
                got.add(threads.submit(() -> store.get(account)));
            }
            for (Future<Credential.Token> token : got) {
                tokens.add(token.get(2, TimeUnit.MINUTES).access());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(tokens).hasSize(1);
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asInt()).isEqualTo(2);
    }

    /** By the machine's clock, as they have no other. */
    @Test
    void twoProcessesMakeOneCall(TestDatabase database) throws Exception {
        String now = OffsetDateTime.now(ZoneOffset.ofHours(9)).withNano(0).toString();
        TestTime time = TestSandbox.reset("default", now);
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        DemoMall.add(accounts, time, "hlogdemo", -2);

        List<Process> processes = List.of(begin(accounts, "one"), begin(accounts, "two"));

        for (Process process : processes) {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(Files.readString(folder.resolve("one"))).startsWith("cafe24-hlogdemo answers: ");
        assertThat(Files.readString(folder.resolve("two"))).startsWith("cafe24-hlogdemo answers: ");
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asInt()).isEqualTo(2);
    }

    private Process begin(TestAccounts accounts, String output) throws IOException {
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.jangbu.extract.ExtractCommand",
                "accounts",
                "test",
                "cafe24-hlogdemo",
                "--workspace",
                folder.resolve("workspace").toString());
        builder.environment().putAll(accounts.environment());
        builder.environment().putAll(TestSandbox.ENVIRONMENT);
        return builder.redirectOutput(folder.resolve(output).toFile())
                .redirectError(folder.resolve(output + ".errors").toFile())
                .start();
    }

    private static TokenStore store(TestAccounts accounts, Transport transport, TestTime time) {
        return accounts.open(time).tokens(new Cafe24TokenEndpoint(transport, time.pace(), TestSandbox.ENVIRONMENT));
    }
}
