package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            10, 8, 2, 2, 8, 8, 8, ''
            11, 8, 2, 2, 8, 8, 8, lines 11 ≠ clean 8 + rejected 2
            10, 8, 2, 1, 8, 8, 8, rejected 2 ≠ by reason 1
            10, 8, 2, 2, 7, 8, 8, clean 8 ≠ copied 7
            10, 8, 2, 2, 8, 7, 8, clean 8 ≠ in table 7
            10, 8, 2, 2, 8, 8, 9, clean 8 ≠ in table now 9
            """)
    void eachSumIsProved(
            long lines,
            long clean,
            long rejected,
            long byReason,
            long copied,
            long inTable,
            long now,
            String difference) {
        Ledger ledger = new Ledger(lines, clean, rejected, Map.of("value_range", byReason), copied, inTable, now);

        assertThat(ledger.difference()).isEqualTo(difference);
        assertThat(ledger.balanced()).isEqualTo(difference.isEmpty());
    }

    @Test
    void aDayThatWasOnlyCheckedHasTheFirstSumOnly() {
        assertThat(Ledger.ofChecks(10, 8, 2, Map.of()).balanced()).isTrue();
        assertThat(Ledger.ofChecks(10, 8, 1, Map.of()).difference()).isEqualTo("lines 10 ≠ clean 8 + rejected 1");
    }

    @Test
    void reasonsStandInTheOrderOfTheChecks() {
        Ledger ledger = Ledger.ofChecks(
                3, 0, 3, Map.of("other", 0L, "order_amount", 1L, "required_fields", 1L, "value_range", 1L));

        assertThat(ledger.rejectedByReason().keySet())
                .containsExactly("required_fields", "value_range", "order_amount", "other");
    }
}
