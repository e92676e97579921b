package dev.jangbu.extract.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class TokenStoreTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final Account ACCOUNT =
            new Account("cafe24-hlogdemo", "hlog", Channel.CAFE24, "hlogdemo", null, null);
    private static final int CALLERS = 50;

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aTokenThatLastsIsNotRenewed(TestDatabase database) throws Exception {
        add(database, token("held", TokenStore.EARLY.plusSeconds(1)));

        assertThat(tokens(database, this::renew).get(ACCOUNT).access()).isEqualTo("held");

        assertThat(calls).hasValue(0);
    }

    @Test
    void aTokenIsRenewedBeforeItsEndAndCommitted(TestDatabase database) throws Exception {
        add(database, token("held", TokenStore.EARLY));

        assertThat(tokens(database, this::renew).get(ACCOUNT).access()).isEqualTo("renewed1");

        assertThat(tokens(database, this::renew).get(ACCOUNT).access()).isEqualTo("renewed1");
        assertThat(calls).hasValue(1);
        assertThat(database.rows("SELECT version FROM ops.credential")).containsExactly("2");
    }

    /** Two stores are as two processes: only the row of the credential lies between them. */
    @Test
    void manyCallersInTwoProcessesGetTheOneNewToken(TestDatabase database) throws Exception {
        add(database, null);
        List<TokenStore> processes = List.of(tokens(database, this::renew), tokens(database, this::renew));
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Credential.Token>> got = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                TokenStore process = processes.get(caller % 2);
                got.add(threads.submit(() -> process.get(ACCOUNT)));
            }
            for (Future<Credential.Token> token : got) {
                assertThat(token.get(2, TimeUnit.MINUTES).access()).isEqualTo("renewed1");
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls).hasValue(1);
    }

    @Test
    void aTokenRefusedBeforeItsTimeIsRenewedOnce(TestDatabase database) throws Exception {
        Credential.Token refused = token("held", Duration.ofHours(1));
        add(database, refused);
        TokenStore tokens = tokens(database, this::renew);

        assertThat(tokens.inPlaceOf(refused, ACCOUNT).access()).isEqualTo("renewed1");
        assertThat(tokens.inPlaceOf(refused, ACCOUNT).access()).isEqualTo("renewed1");

        assertThat(calls).hasValue(1);
    }

    @Test
    void anAccountWhoseOwnerMustActIsMarked(TestDatabase database) throws Exception {
        add(database, null);
        TokenStore tokens = tokens(database, (account, credential) -> {
            throw new NeedsAttention(Attention.REAUTH_REQUIRED, "invalid_grant");
        });

        assertThatThrownBy(() -> tokens.get(ACCOUNT)).isInstanceOf(NeedsAttention.class);

        assertThat(database.rows("SELECT status, needs_attention_reason FROM ops.account"))
                .containsExactly("NEEDS_ATTENTION|REAUTH_REQUIRED");
        assertThat(database.rows("SELECT version FROM ops.credential")).containsExactly("1");
    }

    @Test
    void aFailureKeepsTheTokenThatWas(TestDatabase database) throws Exception {
        add(database, token("held", Duration.ZERO));
        TokenStore tokens = tokens(database, (account, credential) -> {
            throw new IllegalStateException("no answer");
        });

        assertThatThrownBy(() -> tokens.get(ACCOUNT)).hasMessage("no answer");

        assertThat(database.rows("SELECT status, version FROM ops.account JOIN ops.credential USING (account_id)"))
                .containsExactly("ACTIVE|1");
    }

    private Credential.Token renew(Account account, Credential credential) {
        assertThat(credential.secrets()).containsEntry("client_id", "id");
        return token("renewed" + calls.incrementAndGet(), Duration.ofHours(2));
    }

    private static Credential.Token token(String access, Duration life) {
        return new Credential.Token(access, NOW.plus(life), "refresh-" + access, NOW.plus(Duration.ofDays(14)));
    }

    private void add(TestDatabase database, Credential.@Nullable Token token) throws SQLException {
        try (Connection connection = database.connect()) {
            new AccountStore(connection, vault())
                    .add(ACCOUNT, new Credential(Map.of("client_id", "id", "client_secret", "planted-secret"), token));
        }
    }

    private TokenStore tokens(TestDatabase database, TokenEndpoint endpoint) {
        Database opened = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(folder)),
                BusinessCalendar.seoul(),
                "jangbu:test");
        return new TokenStore(opened, vault(), endpoint, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private CredentialVault vault() {
        KeyFile key = new KeyFile(folder.resolve("key"));
        if (!folder.resolve("key").toFile().exists()) {
            key.create();
        }
        return new CredentialVault(key.read());
    }
}
