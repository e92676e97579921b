package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RetriedTransactionTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void anotherTransactionInTheWayIsTriedAgain(TestDatabase database) {
        database.execute("CREATE TABLE tally (n INTEGER); INSERT INTO tally VALUES (1)");

        int rows = transaction(database).run("tally", handle -> {
            handle.execute("SELECT n FROM tally");
            if (tries.incrementAndGet() < 3) {
                database.execute("UPDATE tally SET n = n * 10");
            }
            return handle.execute("UPDATE tally SET n = n + 1");
        });

        assertThat(rows).isEqualTo(1);
        assertThat(tries).hasValue(3);
        assertThat(database.value("SELECT n FROM tally")).isEqualTo("101");
    }

    @Test
    void afterFiveTriesTheLastFailureCarriesThoseBefore(TestDatabase database) {
        assertThatThrownBy(() -> transaction(database).run("tally", handle -> {
                    tries.incrementAndGet();
                    return handle.execute("DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '40P01'; END $$");
                }))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(tries).hasValue(5);
    }

    @Test
    void anyOtherFailureIsNotTriedAgain(TestDatabase database) {
        assertThatThrownBy(() -> transaction(database).run("tally", handle -> {
                    tries.incrementAndGet();
                    return handle.execute("SELECT 1 / 0");
                }))
                .hasMessageContaining("division by zero");
        assertThat(tries).hasValue(1);
    }

    private static RetriedTransaction transaction(TestDatabase database) {
        return new RetriedTransaction(Jdbi.create(database.url(), database.user(), ""));
    }
}
