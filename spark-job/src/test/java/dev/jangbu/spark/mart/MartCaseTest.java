package dev.jangbu.spark.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import dev.jangbu.spark.TestSpark;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * The cases of {@code sql/marts/<mart>/tests}, which mart-job's tests run on PostgreSQL, on Spark: the same query gives the same
 * rows, to the last figure. The JVM's zone is far from the business zone.
 */
@ExtendWith(PostgresExtension.class)
class MartCaseTest {
    private static final Path MARTS = Path.of("..", "sql", "marts");
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

    /** A case folder. */
    record MartCase(Mart mart, Path folder) {
        @Override
        public String toString() {
            return mart.name() + ": " + String.valueOf(folder.getFileName()).replace('_', ' ');
        }
    }

    @BeforeAll
    static void moveToNewYork() {
        TestSpark.session();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    }

    @AfterAll
    static void moveBack() {
        TimeZone.setDefault(ZONE_BEFORE);
    }

    static Stream<MartCase> cases() {
        return MartCatalog.packaged().ofDataset("events").stream()
                .flatMap(mart -> folders(MARTS.resolve(mart.name()).resolve("tests")).stream()
                        .map(folder -> new MartCase(mart, folder)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesExactlyTheseRows(MartCase one, TestDatabase database) throws IOException, SQLException {
        SparkSession session = DayEvents.session(TestSpark.start());
        events(session, one.folder().resolve("raw_events.csv")).createOrReplaceTempView(Dialect.EVENTS);
        try (Connection connection = database.connect()) {
            RowCopy.copy(
                    connection,
                    one.mart(),
                    ComputedRows.query(session, one.mart(), DAY).toLocalIterator());
            assertThat(rows(connection, one.mart()))
                    .isEqualTo(Files.readString(one.folder().resolve("expect.csv")));
        }
    }

    /** The rows of a case as the table would have them. */
    private static Dataset<Row> events(SparkSession session, Path csv) {
        Dataset<Row> texts = session.read()
                .option("header", true)
                .option("escape", "\"")
                .option("inferSchema", false)
                .csv(csv.toAbsolutePath().normalize().toUri().toString());
        Set<String> given = Set.of(texts.columns());
        Column[] columns = DayEvents.HEADER.stream()
                .map(name -> (given.contains(name) ? col(name) : lit(null))
                        .cast(name.equals("event_date") ? DataTypes.DateType : DayEvents.type(name))
                        .as(name))
                .toArray(Column[]::new);
        assertThat(DayEvents.HEADER).containsAll(Arrays.asList(texts.columns()));
        return texts.select(columns);
    }

    private static String rows(Connection connection, Mart mart) throws SQLException, IOException {
        StringWriter rows = new StringWriter();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Seoul'");
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "COPY (SELECT " + String.join(", ", mart.columnNames()) + " FROM "
                                + mart.metadata().target() + " WHERE "
                                + mart.metadata().dateColumn() + " = '" + DAY
                                + "' ORDER BY "
                                + String.join(", ", mart.metadata().key())
                                + ") TO STDOUT (FORMAT csv, HEADER)",
                        rows);
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
