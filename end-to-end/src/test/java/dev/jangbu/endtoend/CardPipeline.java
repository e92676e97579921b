package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An account of an acquirer's database, a workspace, and the jobs that bring its card sales to the marts. */
final class CardPipeline {
    private static final String ACCOUNT = "mysql-acquirer";
    private static final List<String> MARTS = List.of(
            "mart_store_daily_spend",
            "mart_store_weekly_spend",
            "mart_store_hourly_spend",
            "mart_store_hour_profile",
            "mart_card_anomaly");

    private final TestDatabase database;
    private final Acquirer acquirer;
    private final Path workspace;
    private final Map<String, String> settings = new HashMap<>();

    private CardPipeline(TestDatabase database, Acquirer acquirer, Path workspace, Path key) {
        this.database = database;
        this.acquirer = acquirer;
        this.workspace = workspace;
        settings.putAll(database.environment());
        settings.put("JANGBU_WORKSPACE", workspace.toString());
        settings.put("JANGBU_CREDENTIAL_KEY_FILE", key.toString());
    }

    /** Makes the key that seals accounts' secrets, for all installations of a test class. */
    static void makeKey(Path file) {
        JobJar.Ended ended = JobJar.ofNeighbour("extract-job").run("accounts", "key", "--new", file.toString());
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
    }

    static CardPipeline open(TestDatabase database, Acquirer acquirer, Path workspace, Path key) {
        CardPipeline pipeline = new CardPipeline(database, acquirer, workspace, key);
        TestMariaDb source = acquirer.database();
        String address =
                "mysql://" + source.user() + "@" + source.host() + ":" + source.port() + "/" + source.database();
        pipeline.run(
                "extract-job",
                "accounts",
                "add",
                "mysql",
                "--tenant",
                "acme",
                "--id",
                "acquirer",
                "--base-url",
                address + "?ca=" + source.caFile(),
                "--secret=password=" + source.passwordFile());
        return pipeline;
    }

    /** From the source to the marts of all days that changed; returns the summary of the extraction. */
    String bring(String ds) {
        String summary = run("extract-job", window(ds));
        load(ds);
        return summary;
    }

    /** What was landed, to the marts. */
    void load(String ds) {
        run("transform-job", window(ds));
        run("load-job", window(ds));
        run("mart-job", "build", "--dataset", "card-sales", "--touched", "--ds", ds);
    }

    JobJar.Ended extract(String ds) {
        return JobJar.ofNeighbour("extract-job").with(settings).run(window(ds));
    }

    /** Starts the extraction and freezes it in the middle of a page: the source has been asked, and has not told all. */
    JobJar.Running freezeInAPage(String ds) throws IOException, InterruptedException, SQLException {
        JobJar.Running job = JobJar.ofNeighbour("extract-job").with(settings).start(window(ds));
        try (Connection administrator = acquirer.database().server().connect()) {
            while (!acquirer.isRead(administrator)) {
                assertThat(job.process().isAlive()).as("not over before").isTrue();
                Thread.sleep(2);
            }
            signal("STOP", job.process().pid());
            Thread.sleep(300);
            assertThat(acquirer.isRead(administrator))
                    .as("in the middle of a page")
                    .isTrue();
        }
        return job;
    }

    static JobJar.Ended thaw(JobJar.Running job) throws IOException, InterruptedException {
        signal("CONT", job.process().pid());
        return job.await();
    }

    /** Starts the extraction and kills the source in a page, after a first part of it was brought to the disk. */
    JobJar.Ended killSourceInAPage(String ds) throws IOException, InterruptedException {
        JobJar.Running job = JobJar.ofNeighbour("extract-job").with(settings).start(window(ds));
        awaitFile(job, "part-00001");
        // What is read is on the disk before more of it comes.
        signal("STOP", acquirer.database().server().processId().orElseThrow());
        awaitFile(job, "resume.json");
        acquirer.database().kill();
        JobJar.Ended ended = job.await();
        acquirer.database().start();
        return ended;
    }

    private void awaitFile(JobJar.Running job, String name) throws IOException, InterruptedException {
        while (!isInLanding(name)) {
            assertThat(job.process().isAlive()).as("not over before").isTrue();
            Thread.sleep(2);
        }
    }

    /** Whether a killed reading has left where to go on. */
    boolean hasSavePoint() throws IOException {
        return isInLanding("resume.json");
    }

    private boolean isInLanding(String name) throws IOException {
        Path landing = workspace.resolve("landing");
        if (!Files.exists(landing)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(landing)) {
            return tree.anyMatch(file -> file.getFileName().toString().startsWith(name));
        } catch (UncheckedIOException changedMeanwhile) {
            return false;
        }
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        List<String> command = List.of("kill", "-" + name, String.valueOf(process));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    /** As {@link Acquirer#days} has it. */
    List<String> days() {
        return database.rows("""
                SELECT
                    sale_date, store_id, CAST(total_sale AS BIGINT), payment_count, canceled_count,
                    CAST(canceled_amount AS BIGINT), distinct_cards
                FROM mart.mart_store_daily_spend
                ORDER BY sale_date, store_id""");
    }

    /** Every window that was loaded, with what became of it. */
    List<String> books() {
        return database.rows("SELECT business_date, state, balances, lines_read, clean, rejected, loaded,"
                + " marts_built = marts_known FROM ops.v_books WHERE dataset = 'card-sales' ORDER BY 1");
    }

    /** Rows by what became of them in all loads so far: inserted, updated, unchanged, superseded. */
    String outcomes() {
        return database.rows("SELECT SUM(inserted), SUM(updated), SUM(unchanged), SUM(superseded) FROM ops.load_log"
                        + " WHERE dataset = 'card-sales'")
                .get(0);
    }

    /** Sales and marts, without what differs between two installations: runs, times of reading and the key of a card. */
    Map<String, List<String>> contents() {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String mart : MARTS) {
            contents.put(
                    mart,
                    database.rows("SELECT to_jsonb(t) #- '{evidence,card}' FROM mart." + mart + " AS t ORDER BY 1"));
        }
        contents.put(
                "card_sale",
                database.rows(
                        "SELECT sale_id, store_id, created, modified, sold_at, amount_sale, is_canceled, card_number,"
                                + " result_msg, detail_status, MD5(raw_data) FROM raw.card_sale ORDER BY sale_id"));
        contents.put(
                "v_unknown_store",
                database.rows(
                        "SELECT sale_date, store_id, rule, known, needed FROM mart.v_unknown_store ORDER BY 1, 2, 3"));
        return contents;
    }

    private String run(String job, String... arguments) {
        JobJar.Ended ended = JobJar.ofNeighbour(job).with(settings).run(arguments);
        assertThat(ended.exitCode())
                .as("%s %s%n%s%s", job, String.join(" ", arguments), ended.output(), ended.error())
                .isZero();
        return ended.lastLine();
    }

    private static String[] window(String ds) {
        return new String[] {"card-sales", "--account", ACCOUNT, "--ds", ds};
    }
}
