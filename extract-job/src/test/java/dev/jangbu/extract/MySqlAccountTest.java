package dev.jangbu.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.MariaDbExtension;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code accounts test} says of an account of a database. */
@ExtendWith({PostgresExtension.class, MariaDbExtension.class})
class MySqlAccountTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aDatabaseAnswersWithItsRowsAndTheLastChange(TestDatabase database, TestMariaDb source) throws IOException {
        create(source, ", KEY (modified, id)");

        assertThat(test(database, address(source, "?ca=" + source.caFile()), password(source)))
                .matches("mysql-acquirer answers: 11\\.4\\.5-MariaDB\\S*, TLSv1\\.\\d, 2 sales,"
                        + " last modified 2026-01-02T10:00:01");
    }

    @Test
    void aTableWithoutTheIndexIsNotReadPageByPage(TestDatabase database, TestMariaDb source) {
        create(source, "");

        assertThatThrownBy(() -> test(database, address(source, "?ca=" + source.caFile()), password(source)))
                .hasMessage("platform_sales: no index begins with modified (expected: one on (modified, id), so that a"
                        + " page is a range of it)");
    }

    @Test
    void aDatabaseWithoutTheTableIsTold(TestDatabase database, TestMariaDb source) {
        assertThatThrownBy(() -> test(database, address(source, "?ca=" + source.caFile()), password(source)))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("mysql://127.0.0.1:" + source.port() + "/" + source.database()
                        + ": cannot look at the sales: ");
    }

    @Test
    void aWrongPasswordIsForItsOwner(TestDatabase database, TestMariaDb source) {
        assertThatThrownBy(() -> test(database, address(source, "?ca=" + source.caFile()), "s3cret"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("account mysql-acquirer needs attention: WRONG_SECRET, mysql://127.0.0.1:" + source.port()
                        + "/" + source.database() + " refuses " + source.user()
                        + " with this password; accounts rotate with the right secret");
        assertThat(database.value("SELECT needs_attention_reason FROM ops.account"))
                .isEqualTo("WRONG_SECRET");
    }

    @Test
    void aCertificateOfSomebodyElseIsNotTrusted(TestDatabase database, TestMariaDb source) throws Exception {
        Path other = otherAuthority();

        assertThatThrownBy(() -> test(database, address(source, "?ca=" + other), password(source)))
                .isInstanceOf(JobFailure.class)
                .hasMessage("mysql://127.0.0.1:" + source.port() + "/" + source.database()
                        + ": its certificate is not trusted, unable to find valid certification path to requested target"
                        + " (expected: one for 127.0.0.1, signed by " + other + ")");
    }

    @Test
    void aFileWithoutACertificateIsNamedAndNotTriedAgain(TestDatabase database, TestMariaDb source) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "no certificate\n");

        for (Path wrong : List.of(folder.resolve("none.pem"), empty)) {
            assertThatThrownBy(() -> test(database, address(source, "?ca=" + wrong), password(source)))
                    .isInstanceOfSatisfying(JobFailure.class, told -> assertThat(told.exitCode())
                            .isEqualTo(ExitCode.USAGE))
                    .hasMessage("ca: " + wrong + " (expected: a PEM file of certificates this user may read)");
        }
    }

    @Test
    void aDatabaseNobodyIsAtIsUnavailable(TestDatabase database) {
        assertThatThrownBy(() -> test(database, "mysql://reader@127.0.0.1:1/platform", "s3cret"))
                .isInstanceOfSatisfying(
                        JobFailure.class, told -> assertThat(told.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageStartingWith("mysql://127.0.0.1:1/platform: cannot connect: ")
                .hasMessageEndingWith("; the source went away, run again");
    }

    private String test(TestDatabase database, String address, String password) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account("mysql-acquirer", "acme", Channel.MYSQL, "acquirer", address, null),
                Map.of("password", password),
                null);
        StringWriter out = new StringWriter();
        AccountsTestCommand command = new AccountsTestCommand(accounts.environment(), Clock.systemUTC());
        new CommandLine(command).setOut(new PrintWriter(out, true)).parseArgs("mysql-acquirer");
        assertThat(command.call()).isEqualTo(ExitCode.DONE);
        return out.toString().strip();
    }

    private static void create(TestMariaDb source, String index) {
        source.execute("CREATE TABLE platform_sales (id BIGINT PRIMARY KEY, modified DATETIME(6)" + index + ")");
        source.execute("INSERT INTO platform_sales VALUES (1, '2026-01-02 10:00:01'), (2, '2026-01-02 10:00:00')");
    }

    private static String address(TestMariaDb source, String settings) {
        return "mysql://" + source.user() + "@" + source.host() + ":" + source.port() + "/" + source.database()
                + settings;
    }

    private static String password(TestMariaDb source) {
        try {
            return Files.readString(source.passwordFile()).strip();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** One that the system trusts, and that has signed nothing here. */
    private Path otherAuthority() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                        .toFile(),
                (char[]) null);
        Certificate any = store.getCertificate(store.aliases().nextElement());
        return Files.writeString(
                folder.resolve("other.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(any.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }
}
