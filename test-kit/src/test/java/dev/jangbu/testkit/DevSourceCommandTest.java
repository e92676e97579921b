package dev.jangbu.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.devsource.DevSourceCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevSourceCommandTest {
    @TempDir
    private Path workspace;

    @AfterEach
    void stop() {
        run("stop");
    }

    @Test
    void serverRunsFromStartToStop() throws IOException {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("start")).isZero();
        String process = read("process");
        String connection = read("connection.properties");

        assertThat(run("start")).isZero();

        assertThat(read("process")).isEqualTo(process);
        assertThat(read("connection.properties"))
                .isEqualTo(connection)
                .contains("database=card_source\n", "reader=card_source_reader\n", "owner=card_source_owner\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("administrator.password"))))
                .isEqualTo("rw-------");
        assertThat(run("status")).isZero();
        assertThat(run("stop")).isZero();
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("stop")).isZero();
    }

    @Test
    void wordThatIsNoneIsRefused() {
        assertThat(run("begin")).isEqualTo(2);
    }

    private int run(String word) {
        return DevSourceCommand.run(
                word,
                "--workspace",
                workspace.toString(),
                "--programs",
                MariaDbTestServer.programs().toString());
    }

    private String read(String name) throws IOException {
        return Files.readString(file(name));
    }

    private Path file(String name) {
        return workspace.resolve("mariadb").resolve(name);
    }
}
