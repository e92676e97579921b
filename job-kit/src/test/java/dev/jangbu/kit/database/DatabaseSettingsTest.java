package dev.jangbu.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseSettingsTest {
    private static final String URL = "jdbc:postgresql://db:5432/jangbu";

    @TempDir
    private Path folder;

    @Test
    void theUserIsJangbuAndThePatienceAMinuteUnlessGiven() {
        assertThat(from(Map.of("JANGBU_DB_URL", URL)))
                .isEqualTo(new DatabaseSettings(URL, "jangbu", "", Duration.ofSeconds(60)));
    }

    @Test
    void everySettingIsTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "from file\n");

        assertThat(from(Map.of(
                        "JANGBU_DB_URL",
                        URL,
                        "JANGBU_DB_USER",
                        "u",
                        "JANGBU_DB_PASSWORD",
                        "p",
                        "JANGBU_DB_WAIT_SECONDS",
                        "5")))
                .isEqualTo(new DatabaseSettings(URL, "u", "p", Duration.ofSeconds(5)));
        assertThat(from(Map.of("JANGBU_DB_URL", URL, "JANGBU_DB_PASSWORD_FILE", file.toString()))
                        .password())
                .isEqualTo("from file");
    }

    @Test
    void withoutAUrlTheEmbeddedDatabaseIsTaken() throws IOException {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(
                folder.resolve("postgres/connection.properties"),
                "url=jdbc:postgresql://127.0.0.1:5433/jangbu\nuser=me\npassword=pw\n");

        assertThat(from(Map.of()))
                .isEqualTo(new DatabaseSettings(
                        "jdbc:postgresql://127.0.0.1:5433/jangbu", "me", "pw", Duration.ofSeconds(60)));
    }

    @Test
    void thePasswordIsInNoText() {
        assertThat(new DatabaseSettings(URL, "u", "s3cret", Duration.ZERO))
                .hasToString("DatabaseSettings[" + URL + ", user=u]");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        Map.of("JANGBU_DB_URL", "postgres://me:pw@db/x"),
                        "JANGBU_DB_URL: postgres://db/x (expected: jdbc:postgresql://host:port/database)"),
                Arguments.of(
                        Map.of("JANGBU_DB_URL", URL + "?password=pw"),
                        "JANGBU_DB_URL: holds user or password (expected: JANGBU_DB_USER and JANGBU_DB_PASSWORD_FILE beside it)"),
                Arguments.of(
                        Map.of("JANGBU_DB_URL", URL, "JANGBU_DB_PASSWORD_FILE", "/nowhere"),
                        "JANGBU_DB_PASSWORD_FILE: /nowhere (expected: a file this user may read)"),
                Arguments.of(
                        Map.of("JANGBU_DB_URL", URL, "JANGBU_DB_WAIT_SECONDS", "soon"),
                        "JANGBU_DB_WAIT_SECONDS: soon (expected: a number of seconds, 0 or more)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongSettingSaysWhatIsWanted(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> from(environment)).hasMessage(message);
    }

    @Test
    void noDatabaseAtAllSaysHowToGetOne() {
        assertThatThrownBy(() -> from(Map.of()))
                .hasMessage("JANGBU_DB_URL: not set, and no embedded database in " + folder
                        + " (expected: jdbc:postgresql://host:port/database, or `make database` first)");
    }

    private DatabaseSettings from(Map<String, String> environment) {
        return DatabaseSettings.from(environment, new Workspace(folder));
    }
}
