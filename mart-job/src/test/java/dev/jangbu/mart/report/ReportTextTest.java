package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookState;
import dev.jangbu.mart.report.Terminal.Ink;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final String HOSTILE = "값\u001b[2J\n" + "가나다라".repeat(60);

    @Test
    void theLargestReportFitsTheScreen() {
        List<String> lines = ReportText.lines(largest(), new Ink(false));

        assertThat(lines).hasSizeLessThanOrEqualTo(ReportText.LINES);
        assertThat(lines).allSatisfy(line -> {
            assertThat(PlainText.width(line)).as(line).isLessThanOrEqualTo(Terminal.COLUMNS);
            assertThat(line).doesNotContain("\u001b", "\n");
        });
        assertThat(lines).contains("… and 16 more checks; see the report", "… and 25 more marts; see the report");
    }

    @Test
    void colourChangesNoLetter() {
        List<String> plain = ReportText.lines(largest(), new Ink(false));
        List<String> coloured = ReportText.lines(largest(), new Ink(true));

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(plain);
    }

    private static DayReport largest() {
        List<CheckResult> checks = new ArrayList<>();
        List<BuiltMart> marts = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        Map<String, Long> reasons = new TreeMap<>();
        for (int number = 10; number < 34; number++) {
            String name = number + HOSTILE;
            checks.add(new CheckResult(
                    name,
                    "t",
                    Long.MAX_VALUE / 4,
                    1,
                    new BigDecimal("0.5"),
                    new BigDecimal("0.99"),
                    "fail",
                    "fail",
                    List.of(new Example(name, Long.MAX_VALUE, HOSTILE))));
            marts.add(new BuiltMart(name, Long.MAX_VALUE, new BigDecimal("123456.789"), HOSTILE));
            steps.add(new Step(name, name, HOSTILE, Instant.EPOCH, null, name, HOSTILE));
            reasons.put(name, 1_000_000L);
        }
        marts.addAll(marts.subList(0, 6));
        return new DayReport(
                "events",
                LocalDate.parse("2026-01-15"),
                HOSTILE,
                Verdict.QUALITY_FAILED,
                HOSTILE,
                new Figures(
                        Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1L, 1L, new BigDecimal("999999999999999.99")),
                checks,
                new Ledger(Long.MAX_VALUE, 7, 7, reasons, 8L, 9L, 10L),
                Long.MAX_VALUE,
                true,
                new Book(
                        BookState.MARTS_OLDER,
                        false,
                        HOSTILE,
                        "marts report",
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        3,
                        4,
                        Instant.EPOCH,
                        null),
                marts,
                steps,
                new Places("rejects", "quality", "report"),
                "0.1.0",
                Instant.EPOCH);
    }
}
