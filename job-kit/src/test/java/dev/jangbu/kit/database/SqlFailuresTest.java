package dev.jangbu.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class SqlFailuresTest {
    /** Its connections have no SQLSTATE to show once they broke, and a rollback often meets that before anyone else. */
    @Test
    void aConnectionThePoolGaveUpMeansThatTheDatabaseWentAway(TestDatabase database) throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url());
            pool.setUsername(database.user());
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            try (Statement statement = connection.createStatement()) {
                assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
            }

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connection::rollback)
                    .satisfies(givenUp -> assertThat(SqlFailures.explain(givenUp, "cannot publish")
                                    .exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "08004"})
    void aRefusedLogInIsAMatterOfSettings(String state) {
        SQLException refused = new SQLException("no", state);

        assertThat(SqlFailures.isWrongSettings(refused)).isTrue();
        assertThat(SqlFailures.isUnavailable(refused)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void aServerThatDoesNotAnswerMayAnswerLater(String state) {
        SQLException away = new SQLException("no", state);

        assertThat(SqlFailures.isWrongSettings(away)).isFalse();
        assertThat(SqlFailures.isUnavailable(away)).isTrue();
        assertThat(SqlFailures.explain(away, "cannot load").exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void aFullDiskIsAFailureThatSaysWhatToDo() {
        JobFailure told = SqlFailures.explain(
                new SQLException("ERROR: could not extend file\n  Hint: Check free disk space.", "53100"),
                "cannot load");

        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told)
                .hasMessage("cannot load: ERROR: could not extend file (SQLSTATE 53100);"
                        + " the database's disk is full, free some and run again");
    }
}
