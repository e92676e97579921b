package dev.jangbu.spark.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is settled before Spark is started. */
@ExtendWith(PostgresExtension.class)
class EraseCommandTest {
    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whereThereIsNeitherLakeNorAggregatesThereIsNothingToDo(TestDatabase database) throws Exception {
        assertThat(command(database, "U990001").call()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("nothing to look through: there is no lake, and there are no aggregates\n");
    }

    @Test
    void anErasureThatNobodyBeganIsRefusedWithoutTheId(TestDatabase database) {
        database.execute(
                "INSERT INTO lake.iceberg_tables VALUES ('lake', '', 'events', 'file:/lake/1.json', NULL, 'TABLE')");

        assertThatThrownBy(() -> command(database, "U990001").call())
                .hasMessage("--subject: no erasure of this person is on its way (expected: one that was begun by"
                        + " `load-job erase`; `bin/jangbu erase` does both)");
    }

    @Test
    void whatIsNoIdIsRefused(TestDatabase database) {
        assertThatThrownBy(() -> command(database, "a b").call())
                .hasMessageStartingWith("--subject: no user id (expected: ");
    }

    private EraseCommand command(TestDatabase database, String subject) {
        EraseCommand command =
                new EraseCommand(database.environment(), new PrintStream(said, true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs("--subject", subject, "--workspace", workspace.toString());
        return command;
    }
}
