package dev.jangbu.kit.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {
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
