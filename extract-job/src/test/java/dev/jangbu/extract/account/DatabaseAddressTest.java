package dev.jangbu.extract.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
    private static final String FORM = "mysql://USER@HOST:PORT/DATABASE?tls=verify|off&ca=FILE&driver=mariadb|mysql)";

    @Test
    void anAddressIsCheckedOverTlsUnlessItSaysOtherwise() {
        assertThat(DatabaseAddress.parse("mysql://reader@db.acme.example/platform"))
                .isEqualTo(new DatabaseAddress("db.acme.example", 3306, "platform", "reader", true, null, "mariadb"));
        assertThat(DatabaseAddress.parse("mysql://reader@10.0.0.1:3307/platform?ca=/etc/ca.pem&driver=mysql"))
                .isEqualTo(new DatabaseAddress(
                        "10.0.0.1", 3307, "platform", "reader", true, Path.of("/etc/ca.pem"), "mysql"));
        assertThat(DatabaseAddress.parse("mysql://reader@localhost/platform?tls=off")
                        .isEncrypted())
                .isFalse();
        assertThat(DatabaseAddress.parse("mysql://reader@db/platform").place()).isEqualTo("mysql://db:3306/platform");
    }

    /** Neither is quoted: it may hold a password. */
    @ParameterizedTest
    @CsvSource({
        "mysql://db/platform, not a database's address",
        "jdbc:mysql://reader:s3cret@db/platform, not a database's address",
        "mysql://reader@db/, not a database's address",
        "mysql://reader:s3 cret@db/platform, not a database's address",
        "mysql://reader@db/platform?tls=maybe, tls=",
        "mysql://reader@db/platform?password=s3cret, password="
    })
    void whatIsNoAddressIsRefused(String given, String told) {
        assertThatThrownBy(() -> DatabaseAddress.parse(given))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--base-url: " + told + " (expected: " + FORM);
    }

    @Test
    void aPasswordInItIsRefusedAndNotTold() {
        assertThatThrownBy(() -> DatabaseAddress.parse("mysql://reader:s3cret@db/platform"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--base-url: holds a password (expected: --secret password=FILE, and " + FORM);
    }

    @Test
    void anAuthorityNobodyIsCheckedAgainstIsRefused() {
        assertThatThrownBy(() -> DatabaseAddress.parse("mysql://reader@db/platform?tls=off&ca=/etc/ca.pem"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("--base-url: ca= given with tls=off (expected: one of them)");
    }
}
