package dev.jangbu.load.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
class PolicyTest {
    @TempDir
    private Path folder;

    @Test
    void thePackagedPolicyNamesTheLawAndHoldsPurchasesFiveYears() {
        Policy policy = Policy.read(null);

        assertThat(policy.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.records()).isEqualTo("purchase");
            assertThat(hold.keep().interval()).isEqualTo("P5Y");
            assertThat(hold.basis()).contains("E-Commerce Act").contains("lawyer");
        });
        assertThat(policy.places()).extracting(Policy.Place::name).contains("raw.raw_events", "landing");
        assertThat(policy.places())
                .filteredOn(place -> !place.basis().contains("lawyer"))
                .extracting(Policy.Place::name)
                .containsExactly("mart.mart_store_hour_profile", "ops.quality_check_log", "ops.touched_day", "runs");
    }

    /** A payment by card and all that single payments or people's decisions can be read from has an end, and a law for it. */
    @Test
    void everyTableOfCardSalesHasItsPeriod(TestDatabase database) {
        assertThat(database.rows("SELECT 'mart.' || mart FROM ops.mart WHERE dataset = 'card-sales'"))
                .hasSize(5)
                .allSatisfy(mart -> assertThat(place(mart).keep().interval()).isEqualTo("P5Y"));
        assertThat(place("raw.card_sale").basis())
                .contains("E-Commerce Act")
                .contains("Electronic Financial Transactions Act");
        assertThat(place("ops.anomaly_seen").keep())
                .as("never before the mart that shows them")
                .isEqualTo(place("mart.mart_card_anomaly").keep());
    }

    private static Policy.Place place(String name) {
        return Policy.read(null).places().stream()
                .filter(place -> place.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void periodsAreCountedBackByTheCalendar() {
        assertThat(Keep.parse("x", "3m").firstKept(LocalDate.of(2026, 5, 31))).isEqualTo("2026-02-28");
        assertThat(Keep.parse("x", "90d").firstKept(LocalDate.of(2026, 4, 1))).isEqualTo("2026-01-01");
        assertThat(Keep.parse("x", "3y").firstKept(LocalDate.of(2028, 2, 29))).isEqualTo("2025-02-28");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "places: [{place: nowhere, keep: 1y, basis: b, action: drop}] | places[1].place: nowhere (expected: a place such as raw.raw_events or landing)",
                "places: [{place: landing, keep: 1w, basis: b, action: drop}] | places[1].keep: 1w (expected: a period such as 90d, 6m or 5y)",
                "places: [{place: landing, keep: 1y, action: drop}] | places[1].basis: none (expected: why, in one line)",
                "places: [{place: landing, keep: 1y, basis: b, action: burn}] | places[1].action: burn (expected: drop)",
                "holds: [{records: X, keep: 1y, basis: b}] | holds[1].records: X (expected: an event type such as purchase)",
                "holds: [1] | holds[1]: no object",
                "more: 1 | file.more: unknown",
                "'holds: [{records: a, keep: 1y, basis: b}, {records: a, keep: 1y, basis: b}]' | holds[2].records: a (expected: each kind once)",
                "'places: [{place: runs, keep: 1y, basis: b, action: drop}, {place: runs, keep: 1y, basis: b, action: drop}]' | places[2].place: runs (expected: each place once)",
                "'[' | while parsing"
            })
    void whatIsNotUnderstoodIsRefusedByItsPlace(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yml"), yaml);

        assertThatThrownBy(() -> Policy.read(file))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--policy: " + file + ": " + message);
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> Policy.read(folder.resolve("none.yml")))
                .hasMessageEndingWith("none.yml (expected: a YAML file such as retention.yml)");
    }
}
