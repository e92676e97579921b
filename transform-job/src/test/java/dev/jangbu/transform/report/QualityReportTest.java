package dev.jangbu.transform.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QualityReportTest {
    private static final LandingPart FIRST = new LandingPart("run/part-00000.jsonl", Path.of("first"), "aaa");
    private static final LandingPart SECOND = new LandingPart("run/part-00001.jsonl", Path.of("second"), "bbb");

    @Test
    void piecesOfAPartAreOneFileOfTheReport() {
        DayOutcome outcome = new DayOutcome(
                new Tallies(), List.of(piece(FIRST, 100, 3, 2), piece(FIRST, 50, 1, 0), piece(SECOND, 7, 0, 0)));
        QualityReport report = QualityReport.of(
                LocalDate.parse("2026-01-15"),
                outcome,
                ContractReader.read("test", "default"),
                false,
                BigDecimal.ONE,
                "0.1.0");
        assertThat(report.files())
                .containsExactly(
                        new QualityReport.LandingFile("run/part-00000.jsonl", "aaa", 150, 146, 4, 2),
                        new QualityReport.LandingFile("run/part-00001.jsonl", "bbb", 7, 7, 0, 0));
        assertThat(report.counted()).isEqualTo(157);
    }

    @Test
    void talliesOfPiecesAddUpAndKeepTheFirstTenExamples() {
        Tallies first = failing(1, 8);
        first.add(failing(9, 14));
        assertThat(first.counted(Check.VALUE_RANGE)).isEqualTo(14);
        assertThat(first.failed(Check.VALUE_RANGE)).isEqualTo(14);
        assertThat(first.examples(Check.VALUE_RANGE))
                .extracting(Tallies.Example::line)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    private static Tallies failing(long from, long to) {
        Tallies tallies = new Tallies();
        for (long line = from; line <= to; line++) {
            tallies.count(Check.VALUE_RANGE, 1);
            tallies.fail(new Failure(Check.VALUE_RANGE, "quantity: 0 (expected: 1..99)"), FIRST.name(), line);
        }
        return tallies;
    }

    private static PartOutcome piece(LandingPart part, long lines, long rejected, long corrected) {
        WrittenFile file = new WrittenFile(Path.of("file"), 0, "ccc");
        Map<Check, Long> rejectedBy = rejected == 0 ? Map.of() : Map.of(Check.VALUE_RANGE, rejected);
        return new PartOutcome(part, lines, corrected, 0, rejectedBy, 0, file, file, file);
    }
}
