package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/**
 * The cases of {@code sql/marts/<mart>/tests}: the folder's name is the sentence, {@code raw_events.csv}, or one CSV for each of
 * several raw tables, is loaded, the mart is built, {@code expect.csv} are its rows of 2026-01-15 and {@code expect_summary.json} facts of the summary. The JVM's
 * zone is far from the business zone.
 */
@ExtendWith(PostgresExtension.class)
class MartCaseTest {
    private static final Path MARTS = Path.of("..", "sql", "marts");
    private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

    @TempDir
    private Path workspace = Path.of("");

    /** A case folder. */
    record MartCase(Mart mart, Path folder) {
        @Override
        public String toString() {
            return mart.name() + ": " + String.valueOf(folder.getFileName()).replace('_', ' ');
        }
    }

    @BeforeAll
    static void moveToNewYork() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    }

    @AfterAll
    static void moveBack() {
        TimeZone.setDefault(ZONE_BEFORE);
    }

    static Stream<MartCase> cases() {
        return MartRun.MARTS.all().stream()
                .flatMap(mart -> folders(MARTS.resolve(mart.name()).resolve("tests")).stream()
                        .map(folder -> new MartCase(mart, folder)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void buildsExactlyTheseRows(MartCase one, TestDatabase database) throws IOException, SQLException {
        List<LocalDate> days = load(one, database);
        MartRun run = new MartRun(database, workspace);
        for (LocalDate day : days) {
            if (!day.equals(RawDays.DAY)) {
                assertThat(run.build(one.mart(), day)).as(run.message()).isEqualTo(ExitCode.DONE);
            }
        }

        assertThat(run.build(one.mart(), RawDays.DAY)).as(run.message()).isEqualTo(ExitCode.DONE);

        assertThat(rows(database, one.mart()))
                .isEqualTo(Files.readString(one.folder().resolve("expect.csv")));
        Path facts = one.folder().resolve("expect_summary.json");
        if (Files.exists(facts)) {
            requireFacts(run.summary(), Json.mapper().readTree(facts));
        }
    }

    private static List<LocalDate> load(MartCase one, TestDatabase database) throws IOException, SQLException {
        Path events = one.folder().resolve("raw_events.csv");
        if (Files.exists(events)) {
            return new RawDays(database).load(events);
        }
        SalesRows rows = new SalesRows(database);
        rows.load(one.folder());
        // What a mart depends on is part of the case, and not built: no day waits for it.
        rows.touch("load-of-case");
        return List.of(RawDays.DAY);
    }

    private static void requireFacts(JsonNode summary, JsonNode expected) {
        expected.propertyStream()
                .forEach(fact ->
                        assertThat(summary.get(fact.getKey())).as(fact.getKey()).isEqualTo(fact.getValue()));
    }

    private static String rows(TestDatabase database, Mart mart) throws SQLException, IOException {
        StringWriter rows = new StringWriter();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Seoul'");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY (SELECT " + String.join(", ", mart.columnNames()) + " FROM "
                                    + mart.metadata().target() + " WHERE "
                                    + mart.metadata().dateColumn() + " = '" + RawDays.DAY + "' ORDER BY "
                                    + String.join(", ", mart.metadata().key()) + ") TO STDOUT (FORMAT csv, HEADER)",
                            rows);
        }
        return rows.toString();
    }

    private static List<Path> folders(Path tests) {
        try (Stream<Path> folders = Files.list(tests)) {
            return folders.sorted().toList();
        } catch (IOException failure) {
            throw new IllegalStateException("no cases in " + tests, failure);
        }
    }
}
