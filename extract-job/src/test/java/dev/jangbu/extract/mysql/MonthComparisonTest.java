package dev.jangbu.extract.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.MariaDbExtension;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.TestMariaDb;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@ExtendWith({PostgresExtension.class, MariaDbExtension.class})
class MonthComparisonTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-08T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsEqualIsNotReadAgain(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 300);
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);
        account.load(source);

        assertThat(account.reconcile(100)).isEqualTo(ExitCode.DONE);

        assertThat(account.reconciled()).isEmpty();
        assertThat(account.runs().lastLine()).contains("\"months\":1", "\"months_differing\":0");
    }

    @Test
    void rowsThatAreMissingChangedAndVanishedAreTold(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 300);
        source.execute("UPDATE platform_sales SET sold_at = '2026-02-10 10:00:00' WHERE id > 280");
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);
        account.load(source);
        // Without a new time of change, which no window would find.
        source.execute("UPDATE platform_sales SET amount_fee = NULL WHERE id = 50");
        source.execute("UPDATE platform_sales SET sold_at = '2026-02-11 10:00:00' WHERE id = 60");
        source.execute("DELETE FROM platform_sales WHERE id IN (7, 250, 280)");
        SalesTable.of(source).add(1_000, 1_000);
        database.execute("UPDATE raw.card_sale SET vanished_at = '2026-03-01T00:00:00Z' WHERE sale_id = 100");

        assertThat(account.reconcile(100)).isEqualTo(ExitCode.DONE);

        List<JsonNode> records = account.reconciled();
        assertThat(records.stream().map(MonthComparisonTest::told))
                .containsExactly(
                        "2026-01: 277 for 279", "-7", "50", "100", "-250", "-280", "1000", "2026-02: 21 for 20", "60");
        assertThat(account.runs().lastLine())
                .contains("\"brought\":4", "\"vanished\":3", "\"months_differing\":2", "\"count_expected\":9");
    }

    @Test
    void nothingLoadedIsEverythingBrought(TestDatabase database, TestMariaDb source) {
        SalesTable.create(source).add(1, 250);
        AcquirerAccount account = AcquirerAccount.of(database, source, folder, CLOCK);

        assertThat(account.reconcile(100)).isEqualTo(ExitCode.DONE);

        assertThat(account.reconciled()).hasSize(251);
    }

    private static String told(JsonNode record) {
        if (record.has("month")) {
            return record.get("month").asString() + ": " + record.get("source_rows") + " for "
                    + record.get("stored_rows");
        }
        return record.has("vanished_id")
                ? "-" + record.get("vanished_id")
                : record.get("id").toString();
    }
}
