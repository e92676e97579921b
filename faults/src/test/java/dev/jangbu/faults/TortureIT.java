package dev.jangbu.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jangbu.faults.fault.Depth;
import dev.jangbu.faults.fault.Fault;
import dev.jangbu.faults.fault.Faults;
import dev.jangbu.faults.fault.Scene;
import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Difference;
import dev.jangbu.faults.oracle.Yardstick;
import dev.jangbu.faults.site.Site;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A few rounds of each fault on the packaged jobs: nothing that was acknowledged is lost or doubled. */
@TestInstance(Lifecycle.PER_CLASS)
class TortureIT {
    private static final Torture.Plan PLAN = new Torture.Plan(20_260_115, Map.of(), 0, 0);
    private static final int USERS = 1_500;

    private Site site;
    private Yardstick yardstick;
    private Torture torture;

    @BeforeAll
    void makeYardstick() throws IOException, InterruptedException, SQLException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        prepareFastStarts(project);
        // Days this small are done before the better compiler has paid for itself; nothing here is held to a speed.
        site = Site.open(project, Path.of("target", "torture").toAbsolutePath(), Map.of())
                .with("JANGBU_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        yardstick = Yardstick.make(site, new Day("2026-01-15", USERS, 7));
        torture = new Torture(new Scene(site, yardstick, Depth.SHORT), PLAN, System.out, report -> {});
    }

    @AfterAll
    void removeScratch() throws IOException, InterruptedException, SQLException {
        site.remove();
    }

    static Stream<Arguments> faults() {
        return Faults.all().stream().map(fault -> Arguments.of(fault.name(), fault));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void nothingAcknowledgedIsLostOrDoubled(String name, Fault fault)
            throws IOException, InterruptedException, SQLException {
        FaultReport report = torture.run(fault, 0);

        assumeThat(report.verdict()).as("%s: %s", name, report.verdict()).doesNotStartWith("not run");
        assertThat(report.findings()).as("seed %d", PLAN.seed()).isEmpty();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.runs()).isPositive();
    }

    /** Without this, nothing lost might mean that nobody looked. */
    @Test
    void aRowThatIsGoneAndOneThatChangedAreSeen() throws IOException, InterruptedException, SQLException {
        Sql sql = site.sql();
        sql.execute(
                "DELETE FROM mart.mart_user_daily WHERE user_id = (SELECT MIN(user_id) FROM mart.mart_user_daily)",
                "UPDATE mart.mart_user_daily SET page_view_count = page_view_count + 1"
                        + " WHERE user_id = (SELECT MAX(user_id) FROM mart.mart_user_daily)");

        assertThat(yardstick.tables().compare(sql, "mart.mart_user_daily")).isEqualTo(new Difference(2, 1));

        site.must(yardstick.day().mart("mart_user_daily"));
        assertThat(yardstick.tables().compare(sql, "mart.mart_user_daily")).isEqualTo(Difference.NONE);
    }

    /** The jars were just packaged; without this each process starts some seconds slower, and no differently. */
    private static void prepareFastStarts(Path project) throws IOException, InterruptedException {
        new ProcessBuilder(project.resolve("bin/fast-start").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
