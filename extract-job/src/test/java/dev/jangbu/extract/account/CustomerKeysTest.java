package dev.jangbu.extract.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.erased.ErasedSubjects;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class CustomerKeysTest {
    private static final Account MALL = new Account("cafe24-hlogdemo", "hlog", Channel.CAFE24, "hlogdemo", null, null);
    private static final Account STORE = new Account("naver-hlog", "hlog", Channel.NAVER, "hlog", null, null);
    private static final Account OTHERS = new Account("cafe24-other", "other", Channel.CAFE24, "other", null, null);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCustomerIsTheSameInEachRunAndAnotherElsewhere(TestDatabase database) throws SQLException {
        String first = Objects.requireNonNull(key(database, MALL, "buyer07"));

        assertThat(first).matches("[0-9a-f]{64}").isEqualTo(key(database, MALL, "buyer07"));
        assertThat(key(database, MALL, "buyer08")).isNotEqualTo(first);
        assertThat(key(database, STORE, "buyer07")).isNotEqualTo(first);
        assertThat(key(database, OTHERS, "buyer07")).isNotEqualTo(first);
        assertThat(database.rows("SELECT tenant_id FROM ops.tenant_key ORDER BY 1"))
                .containsExactly("hlog", "other");
    }

    @Test
    void whomThePlatformDoesNotNameHasNone(TestDatabase database) throws SQLException {
        assertThat(key(database, MALL, null)).isNull();
        assertThat(key(database, MALL, " ")).isNull();
    }

    @Test
    void itIsTheHashThatIsWrittenDown() throws Exception {
        byte[] key = "k".repeat(32).getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal("CAFE24:buyer07".getBytes(StandardCharsets.UTF_8)));

        assertThat(new CustomerKeys(key, Channel.CAFE24, ErasedSubjects.none()).of("buyer07"))
                .isEqualTo(expected);
    }

    @Test
    void aTenantsKeyMovedToAnotherDoesNotOpen(TestDatabase database) throws SQLException {
        key(database, MALL, "buyer07");
        database.execute("INSERT INTO ops.tenant_key (tenant_id, ciphertext, key_id)"
                + " SELECT 'other', ciphertext, key_id FROM ops.tenant_key");

        assertThatThrownBy(() -> key(database, OTHERS, "buyer07"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("the customers' key of tenant other: sealed with another key");
    }

    @Test
    void aRenewedKeyLeavesThePseudonymsAsTheyWere(TestDatabase database) throws SQLException {
        String before = key(database, MALL, "buyer07");
        KeyFile file = new KeyFile(folder.resolve("key"));
        CredentialVault renewed = new CredentialVault(file.renew());
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(new TenantKeys(connection, renewed).sealAll()).isEqualTo(1);
            connection.commit();
        }
        file.keepOnlySealing();

        assertThat(key(database, MALL, "buyer07")).isEqualTo(before);
    }

    private @Nullable String key(TestDatabase database, Account account, @Nullable String stableId)
            throws SQLException {
        try (Connection connection = database.connect()) {
            return CustomerKeys.of(connection, vault(), account).of(stableId);
        }
    }

    private CredentialVault vault() {
        KeyFile key = new KeyFile(folder.resolve("key"));
        if (!folder.resolve("key").toFile().exists()) {
            key.create();
        }
        return new CredentialVault(key.read());
    }
}
