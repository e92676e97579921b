package dev.jangbu.extract.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(PostgresExtension.class)
class AccountsCommandTest {
    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter output = new StringWriter();
    private Map<String, String> environment = Map.of();
    private @Nullable TestDatabase database;

    @BeforeEach
    void settings(TestDatabase fresh) throws IOException {
        database = fresh;
        Path key = folder.resolve("key");
        assertThat(run(new AccountsKeyCommand(Map.of()), "--new", key.toString()))
                .isEqualTo("DONE");
        environment = new HashMap<>(database.environment());
        environment.put(KeyFile.SETTING, key.toString());
        Files.writeString(folder.resolve("id"), "planted-id\n");
        Files.writeString(folder.resolve("secret"), "planted-secret\n");
    }

    @Test
    void anAddedAccountIsListedWithoutItsSecrets() {
        assertThat(add("my-store")).isEqualTo("DONE");

        assertThat(run(new AccountsListCommand(environment, Clock.systemUTC()))).isEqualTo("DONE");

        assertThat(output.toString())
                .contains("added naver-my-store of hlog")
                .containsPattern("hlog +naver-my-store +naver +active")
                .doesNotContain("planted");
        assertThat(database().rows("SELECT c::TEXT || encode(ciphertext, 'escape') FROM ops.credential AS c"))
                .noneMatch(row -> row.contains("planted"));
    }

    @Test
    void accountsAreListedForPrograms() {
        assertThat(add("my-store")).isEqualTo("DONE");
        assertThat(run(new AccountsAddCommand(environment, NOTHING), "file", "--tenant", "hlog", "--id", "old-books"))
                .isEqualTo("DONE");
        database()
                .execute("UPDATE ops.account SET status = 'NEEDS_ATTENTION', needs_attention_reason = 'WRONG_SECRET'"
                        + " WHERE account_id = 'naver-my-store'");
        output.getBuffer().setLength(0);

        // A run that lists them logs in nowhere: it has no key.
        Map<String, String> keyless = database().environment();
        assertThat(run(new AccountsListCommand(keyless, Clock.systemUTC()), "--active", "--json"))
                .isEqualTo("DONE");
        assertThat(run(new AccountsListCommand(keyless, Clock.systemUTC()), "--json"))
                .isEqualTo("DONE");

        String file = """
                {"account_id":"file-old-books","tenant_id":"hlog","channel":"file","status":"ACTIVE",\
                "datasets":["orders","card-sales"]}""";
        String naver = """
                {"account_id":"naver-my-store","tenant_id":"hlog","channel":"naver","status":"NEEDS_ATTENTION",\
                "datasets":["products","orders"]}""";
        assertThat(output.toString().lines()).containsExactly("[" + file + "]", "[" + file + "," + naver + "]");
    }

    @Test
    void theKeyIsForItsOwnersEyes() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretMayComeFromStandardInput() {
        InputStream typed = new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8));

        assertThat(run(
                        new AccountsAddCommand(environment, typed),
                        "ga4",
                        "--tenant",
                        "hlog",
                        "--id",
                        "123456",
                        "--secret",
                        "service_account=-"))
                .isEqualTo("DONE");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(run(
                        new AccountsAddCommand(environment, NOTHING),
                        "naver",
                        "--tenant",
                        "hlog",
                        "--id",
                        "my-store",
                        "--secret",
                        "client_id=" + folder.resolve("id")))
                .isEqualTo(
                        "USAGE --secret: client_id (expected for naver: client_id, client_secret, each as NAME=FILE)");
        assertThat(run(new AccountsAddCommand(environment, NOTHING), "shopee", "--tenant", "hlog", "--id", "x1"))
                .isEqualTo("USAGE channel: shopee (expected: cafe24, naver, ably, ga4, file, mysql)");
        assertThat(run(new AccountsListCommand(
                        Map.of("JANGBU_DB_URL", "jdbc:postgresql://127.0.0.1:1/x", "JANGBU_DB_WAIT_SECONDS", "0"),
                        Clock.systemUTC())))
                .startsWith("UNAVAILABLE ");
    }

    @Test
    void theShopsOfAMallAreKeptUntilOthersAreTold() {
        assertThat(mall("--shops", "2,1")).isEqualTo("DONE");
        assertThat(mall()).isEqualTo("DONE");
        assertThat(run(new AccountsListCommand(environment, Clock.systemUTC()))).isEqualTo("DONE");
        assertThat(output.toString()).containsPattern("cafe24-hlogdemo +cafe24 +active, shops 1 and 2");

        assertThat(mall("--shops", "1")).isEqualTo("DONE");

        assertThat(database().value("SELECT shops FROM ops.account")).isEqualTo("{1}");
    }

    @Test
    void shopsThatCannotBeAreRefused() {
        assertThat(mall("--shops", "1,1"))
                .isEqualTo("USAGE --shops: 1,1 (expected: up to 10 different numbers of 1..99)");
        assertThat(mall("--shops", "0")).isEqualTo("USAGE --shops: 0 (expected: up to 10 different numbers of 1..99)");
        assertThat(add("my-store", "--shops", "1"))
                .isEqualTo("USAGE --shops: given for naver (expected: only for cafe24)");
    }

    private String mall(String... more) {
        String[] arguments = {
            "cafe24",
            "--tenant",
            "hlog",
            "--id",
            "hlogdemo",
            "--secret",
            "client_id=" + folder.resolve("id"),
            "--secret",
            "client_secret=" + folder.resolve("secret")
        };
        return run(
                new AccountsAddCommand(environment, NOTHING),
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
    }

    /** It becomes a host name. */
    @Test
    void aMallThatIsNoNameIsRefused() {
        assertThat(run(
                        new AccountsAddCommand(environment, NOTHING),
                        "cafe24",
                        "--tenant",
                        "hlog",
                        "--id",
                        "evil.example/#"))
                .isEqualTo("USAGE --id: evil.example/# (expected for cafe24: [a-z0-9-]{3,50})");
        assertThat(database().rows("SELECT 1 FROM ops.account")).isEmpty();
    }

    @Test
    void theSamePlaceUnderAnotherNameIsRefused() {
        assertThat(add("my-store")).isEqualTo("DONE");

        assertThat(add("my-store", "--name", "another"))
                .isEqualTo("USAGE naver my-store: hlog has it under another name (expected: accounts rotate, or remove"
                        + " that one first)");
    }

    @Test
    void rotatedSecretsMakeAnAccountActiveAgain() {
        assertThat(add("my-store")).isEqualTo("DONE");
        database()
                .execute("UPDATE ops.account SET status = 'NEEDS_ATTENTION', needs_attention_reason = 'WRONG_SECRET'");
        assertThat(run(new AccountsListCommand(environment, Clock.systemUTC()))).isEqualTo("DONE");
        assertThat(output.toString()).contains("WRONG_SECRET: accounts rotate with the right secret");

        assertThat(run(
                        new AccountsRotateCommand(environment, NOTHING),
                        "naver-my-store",
                        "--secret",
                        "client_id=" + folder.resolve("id"),
                        "--secret",
                        "client_secret=" + folder.resolve("secret")))
                .isEqualTo("DONE");

        assertThat(database().rows("SELECT status, version FROM ops.account JOIN ops.credential USING (account_id)"))
                .containsExactly("ACTIVE|2");
    }

    @Test
    void aRemovedAccountLeavesNoSecret() {
        assertThat(add("my-store")).isEqualTo("DONE");

        assertThat(run(new AccountsRemoveCommand(environment), "naver-my-store"))
                .isEqualTo("DONE");

        assertThat(database().rows("SELECT status FROM ops.account")).containsExactly("REMOVED");
        assertThat(database().rows("SELECT 1 FROM ops.credential")).isEmpty();
        assertThat(run(new AccountsRemoveCommand(environment), "naver-my-store"))
                .isEqualTo("USAGE account: naver-my-store (expected: one that accounts list shows)");
        assertThat(add("my-store")).isEqualTo("DONE");
    }

    @Test
    void aRenewedKeySealsEverythingAnew() throws IOException {
        assertThat(add("my-store")).isEqualTo("DONE");
        String before = Files.readString(folder.resolve("key"));
        String keyBefore = database().rows("SELECT key_id FROM ops.credential").get(0);

        assertThat(run(new AccountsKeyCommand(environment), "--renew")).isEqualTo("DONE");

        assertThat(Files.readString(folder.resolve("key"))).isNotEqualTo(before);
        assertThat(database().rows("SELECT key_id FROM ops.credential")).doesNotContain(keyBefore);
        assertThat(run(new AccountsListCommand(environment, Clock.systemUTC()))).isEqualTo("DONE");
    }

    @Test
    void aCredentialMovedToAnotherAccountDoesNotOpen() {
        assertThat(add("my-store")).isEqualTo("DONE");
        assertThat(add("other-store")).isEqualTo("DONE");
        database()
                .execute(
                        "UPDATE ops.credential SET ciphertext = (SELECT ciphertext FROM ops.credential WHERE account_id ="
                                + " 'naver-my-store') WHERE account_id = 'naver-other-store'");

        assertThat(run(new AccountsKeyCommand(environment), "--renew"))
                .startsWith("USAGE account naver-other-store: sealed with another key");
    }

    @Test
    void aFileThatIsNoKeyIsNotQuoted() throws IOException {
        Files.writeString(folder.resolve("key"), "planted-key");

        assertThat(add("my-store"))
                .startsWith("USAGE JANGBU_CREDENTIAL_KEY_FILE: ")
                .doesNotContain("planted-key");
    }

    private TestDatabase database() {
        return Objects.requireNonNull(database);
    }

    private String add(String id, String... more) {
        String[] arguments = {
            "naver",
            "--tenant",
            "hlog",
            "--id",
            id,
            "--secret",
            "client_id=" + folder.resolve("id"),
            "--secret",
            "client_secret=" + folder.resolve("secret")
        };
        String[] all =
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
        return run(new AccountsAddCommand(environment, NOTHING), all);
    }

    private String run(Callable<ExitCode> command, String... arguments) {
        CommandLine line = new CommandLine(command).setOut(new PrintWriter(output, true));
        line.parseArgs(arguments);
        try {
            return command.call().name();
        } catch (JobFailure told) {
            return told.exitCode() + " " + told.getMessage();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
