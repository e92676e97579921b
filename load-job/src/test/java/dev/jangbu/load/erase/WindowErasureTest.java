package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.retention.Policy;
import dev.jangbu.load.window.CleanRow;
import dev.jangbu.load.window.CleanWindow;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A customer of a shop is a key in files and tables of orders: it goes, the orders stay. */
@ExtendWith(PostgresExtension.class)
class WindowErasureTest {
    private static final String KEY = "a1".repeat(32);
    private static final String OTHER = "b2".repeat(32);
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String LANDING_RUN = "20260302T110000000Z-0000000a";
    private static final String CHECK_RUN = "20260303T000000000Z-00000000";
    private static final String BOOK =
            "SELECT state, balances, lines_read, clean, rejected, loaded FROM ops.v_books WHERE dataset = 'orders'";

    private final TestDatabase database;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path root;

    private CleanWindow window;
    private DayFolder landing;
    private DayFolder rejects;

    WindowErasureTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void writeWindow() throws IOException, NoSuchAlgorithmException {
        Workspace workspace = new Workspace(root);
        window = new CleanWindow("orders", root, database);
        landing = workspace.landing("orders", CleanRow.ACCOUNT, DAY);
        rejects = workspace.rejects("orders", CleanRow.ACCOUNT, DAY);
        assertThat(window.load(
                        CleanRow.order("O1", EVENING).with("customer_key=" + KEY),
                        CleanRow.order("O2", EVENING).with("customer_key=" + OTHER),
                        CleanRow.item("O1", "O1-1", EVENING),
                        CleanRow.item("O2", "O2-1", EVENING)))
                .isEqualTo(ExitCode.DONE);
        publish(landing, "extract-job", LANDING_RUN, "part-00000.jsonl", landed(KEY) + landed(OTHER));
        Files.writeString(
                landing.path().resolve(LANDING_RUN).resolve("unmatched-cancellations.jsonl"),
                "{\"customer_key\":\"" + KEY + "\",\"line\":1}\n");
        String raw = "{\\\"customer_key\\\":\\\"" + KEY + "\\\"}";
        publish(
                rejects,
                "transform-job",
                CHECK_RUN,
                "rejected-00000.jsonl",
                "{\"file\":\"" + LANDING_RUN + "/part-00000.jsonl\",\"line\":3,\"raw\":\"" + raw + "\"}\n");
        database.execute(
                "INSERT INTO ops.rejected_record (run_id, dataset, slice, business_date, file, line, check_name,"
                        + " checks, raw, raw_bytes) VALUES ('" + CHECK_RUN + "', 'orders', '" + CleanRow.ACCOUNT
                        + "', '" + DAY
                        + "', '" + LANDING_RUN + "/part-00000.jsonl', 3, 'value_range', '[]', '{\"customer_key\":\""
                        + KEY
                        + "\"}', 90)");
        database.execute("INSERT INTO ops.pipeline_run_log (run_id, job, dataset, slice, business_date, attempt, token,"
                + " status, version, started_at) VALUES ('" + LANDING_RUN + "', 'extract-job', 'orders', '"
                + CleanRow.ACCOUNT + "', '" + DAY + "', '1', 1, 'done', 'test', NOW())");
        database.execute("UPDATE ops.checked_file SET landing_run_id = '" + LANDING_RUN + "', landing_file = '"
                + LANDING_RUN + "/part-00000.jsonl'");
    }

    @Test
    void theWindowsFilesStayWithoutTheCustomerAndTheBooksStand() throws Exception {
        List<String> book = database.rows(BOOK);

        assertThat(erase()).isEqualTo(ExitCode.DONE);

        assertThat(naming()).isEmpty();
        assertThat(text(landing, "part-00000.jsonl"))
                .isEqualTo(
                        "{\"observed_at\":\"" + EVENING + "\",\"record\":{\"customer_key\":null}}\n" + landed(OTHER));
        assertThat(text(landing, "unmatched-cancellations.jsonl")).isEqualTo("{\"customer_key\":null,\"line\":1}\n");
        String run = landing.manifest().orElseThrow().runId();
        assertThat(text(rejects, "rejected-00000.jsonl"))
                .isEqualTo("{\"file\":\"" + run + "/part-00000.jsonl\",\"line\":3,"
                        + "\"raw\":\"{\\\"customer_key\\\":\\\"(erased)\\\"}\"}\n");
        assertThat(database.rows("SELECT file, raw FROM ops.rejected_record"))
                .containsExactly(run + "/part-00000.jsonl|{\"customer_key\":\"(erased)\"}");
        assertThat(database.rows("SELECT order_id, customer_key FROM raw.sales_order ORDER BY 1"))
                .containsExactly("O1|NULL", "O2|" + OTHER);
        assertThat(database.rows("SELECT customer_key FROM raw.customer")).containsExactly(OTHER);

        assertThat(database.rows(BOOK)).isEqualTo(book);
        assertThat(database.rows(
                        "SELECT DISTINCT landing_run_id FROM ops.checked_file WHERE run_id <> '" + CHECK_RUN + "'"))
                .containsExactly(run);
        assertThat(database.rows("SELECT REGEXP_REPLACE(file, '^.*/', ''), copied, inserted, unchanged, superseded"
                        + " FROM ops.load_log ORDER BY token, 1"))
                .containsExactly(
                        "order_item-00000.csv|2|2|0|0",
                        "sales_order-00000.csv|2|2|0|0",
                        "order_item-00000.csv|2|0|2|0",
                        "sales_order-00000.csv|2|0|2|0");
        assertThat(database.rows("SELECT place, file, removed, redacted FROM ops.erasure_log ORDER BY place, file"))
                .containsExactly(
                        "clean|cafe24-hlogdemo/order_item-00000.csv|0|0",
                        "clean|cafe24-hlogdemo/sales_order-00000.csv|0|1",
                        "landing|cafe24-hlogdemo/part-00000.jsonl|0|1",
                        "rejects|cafe24-hlogdemo/rejected-00000.jsonl|0|1");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("nothing names the person any more")
                .doesNotContain(KEY);

        said.reset();
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("nothing to do: erased before by ");
    }

    @Test
    void whatIsLeftLoadsAgainAndBringsNobodyBack() throws Exception {
        assertThat(erase()).isEqualTo(ExitCode.DONE);

        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT order_id, customer_key FROM raw.sales_order ORDER BY 1"))
                .containsExactly("O1|NULL", "O2|" + OTHER);
        assertThat(database.rows("SELECT SUM(inserted), SUM(updated) FROM ops.load_log"))
                .containsExactly("4|0");
    }

    /** A file of a run before the last goes with its folder. */
    @Test
    void aRunBesideThePublishedOneGoes() throws Exception {
        Path clean = root.resolve("clean/orders/2026-03-02/cafe24-other/" + CHECK_RUN);
        Files.createDirectories(clean);
        Files.writeString(clean.resolve("sales_order-00000.csv"), "customer_key\n" + KEY + "\n");

        assertThat(erase()).isEqualTo(ExitCode.DONE);

        assertThat(clean).doesNotExist();
        assertThat(naming()).isEmpty();
    }

    private ExitCode erase() throws Exception {
        BusinessCalendar calendar = BusinessCalendar.from(database.environment());
        String id = RunFolders.newRunId(Clock.systemUTC().instant());
        Erasing erasing = new Erasing(
                id,
                Subject.parse(KEY),
                Policy.read(null),
                LocalDate.of(2026, 4, 1),
                new Workspace(root),
                database.environment(),
                Clock.systemUTC());
        Database own = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(root)), calendar, "erase-" + id);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Erasure(erasing, own, new Erasure.Request("tester", "asked"), out).run();
    }

    private List<Path> naming() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(KEY))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String text(DayFolder folder, String name) throws IOException {
        return Files.readString(
                folder.path().resolve(folder.manifest().orElseThrow().runId()).resolve(name));
    }

    private static String landed(String key) {
        return "{\"observed_at\":\"" + EVENING + "\",\"record\":{\"customer_key\":\"" + key + "\"}}\n";
    }

    private static void publish(DayFolder folder, String job, String run, String name, String content)
            throws IOException, NoSuchAlgorithmException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.newRunFolder(run).resolve(name), bytes);
        long rows = content.lines().count();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        folder.publish(new Manifest(
                job,
                "orders",
                CleanRow.ACCOUNT,
                DAY,
                "cafe24",
                "cafe24",
                rows,
                bytes.length,
                List.of(new Manifest.Entry(run + "/" + name, rows, bytes.length, sha256)),
                Instant.parse("2026-03-01T15:00:00Z"),
                Instant.parse("2026-03-02T15:00:00Z"),
                Map.of(),
                "test",
                run,
                1,
                Instant.parse("2026-03-02T11:00:00Z")));
    }
}
