package dev.jangbu.transform.records;

import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Severity;
import dev.jangbu.transform.report.CheckResult;
import java.util.ArrayList;
import java.util.List;

/** How many records each check counted and found failing, with the first few failures. Of one thread. */
final class RecordTallies {
    private static final int EXAMPLES = 10;

    private final RecordContract contract;
    private final List<Tally> all;
    private long lines;
    private long failedLines;

    private static final class Tally {
        private final RecordCheck check;
        private long counted;
        private long failed;
        private final List<Tallies.Example> examples = new ArrayList<>();

        private Tally(RecordCheck check) {
            this.check = check;
        }
    }

    RecordTallies(RecordContract contract) {
        this.contract = contract;
        this.all = contract.checks().keySet().stream().sorted().map(Tally::new).toList();
    }

    /** Counts a record for every check that looked at it. */
    void count(Findings findings, String file, long line) {
        lines++;
        for (Tally tally : all) {
            if (findings.isLookedAt(tally.check)) {
                tally.counted++;
            }
        }
        if (!findings.isEmpty()) {
            countFailed(findings, file, line);
        }
    }

    private void countFailed(Findings findings, String file, long line) {
        if (findings.failed().stream().anyMatch(this::isGate)) {
            failedLines++;
        }
        for (Tally tally : all) {
            if (findings.failed().contains(tally.check)) {
                tally.failed++;
                tell(tally, new Tallies.Example(file, line, findings.told(tally.check)));
            }
        }
    }

    List<CheckResult> results() {
        boolean isExcused = contract.isExcused(lines, failedLines);
        List<CheckResult> results = new ArrayList<>();
        for (Tally tally : all) {
            RecordCheck check = tally.check;
            CheckResult result = CheckResult.of(
                    check.id(), check.type(), contract.rule(check), tally.counted, tally.failed, tally.examples);
            results.add(isExcused ? result.excused() : result);
        }
        return results;
    }

    private boolean isGate(RecordCheck check) {
        return contract.has(check) && contract.rule(check).severity() == Severity.FAIL;
    }

    private static void tell(Tally tally, Tallies.Example example) {
        if (tally.examples.size() < EXAMPLES) {
            tally.examples.add(example);
        }
    }
}
