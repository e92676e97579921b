package dev.jangbu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.devsource.MariaDbServer;
import dev.jangbu.devsource.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDbExtension.class)
class MariaDbExtensionTest {
    @Test
    void whatWasCommittedSurvivesAKillAtTheSamePort(TestMariaDb database) {
        database.execute("CREATE TABLE sale (id BIGINT PRIMARY KEY, remark VARCHAR(20))");
        database.execute("INSERT INTO sale VALUES (1, '취소'), (2, NULL)");
        int port = database.port();

        database.kill();
        assertThat(database.server().processId()).isEmpty();
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        database.start();

        assertThat(database.port()).isEqualTo(port);
        assertThat(database.rows("SELECT id, remark FROM sale ORDER BY id")).containsExactly("1|취소", "2|NULL");
    }

    @Test
    void theReaderMayNotWriteAndNobodyComesWithoutTls(TestMariaDb database) throws SQLException, IOException {
        database.execute("CREATE TABLE sale (id BIGINT PRIMARY KEY)");
        String password = Files.readString(database.passwordFile());

        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), password);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("INSERT INTO sale VALUES (1)"))
                    .hasMessageContaining("INSERT command denied to user '" + database.user() + "'");
        }
        String plain = "jdbc:mariadb://" + database.host() + ":" + database.port() + "/" + database.database();
        assertThatThrownBy(() -> DriverManager.getConnection(plain + "?sslMode=disable", database.user(), password))
                .hasMessageContaining("Access denied for user '" + database.user() + "'");
    }

    @Test
    void aForeignAuthorityIsNotTrusted(TestMariaDb database) throws IOException {
        Path folder = ServerFolder.make();
        MariaDbServer other = MariaDbServer.in(folder, MariaDbTestServer.programs(), Size.TEST);
        other.start();
        try {
            String url = database.url()
                    .replace(database.caFile().toString(), other.authority().toString());
            String password = Files.readString(database.passwordFile());
            assertThatThrownBy(() -> DriverManager.getConnection(url, database.user(), password))
                    .hasRootCauseMessage("Path does not chain with any of the trust anchors");
        } finally {
            other.kill();
            ServerFolder.remove(folder);
        }
    }

    @Test
    void itsClockMayBeAhead(TestMariaDb database) throws SQLException {
        database.setAhead(Duration.ofHours(1));

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT ROUND((UNIX_TIMESTAMP(NOW(6)) - UNIX_TIMESTAMP(SYSDATE(6))) / 3600)")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }
}
