package dev.jangbu.transform.records;

import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Severity;
import dev.jangbu.transform.report.CheckResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many records each check counted and found failing, with the first few failures. Of one thread. */
final class RecordTallies {
    private static final int EXAMPLES = 10;

    private final RecordContract contract;
    private final Map<RecordCheck, Tally> tallies = new EnumMap<>(RecordCheck.class);
    private long lines;
    private long failedLines;

    private static final class Tally {
        private long counted;
        private long failed;
        private final List<Tallies.Example> examples = new ArrayList<>();
    }

    RecordTallies(RecordContract contract) {
        this.contract = contract;
        contract.checks().keySet().forEach(check -> tallies.put(check, new Tally()));
    }

    /** Counts a record for every check that looked at it. */
    void count(Findings findings, String file, long line) {
        lines++;
        if (findings.failed().stream().anyMatch(this::isGate)) {
            failedLines++;
        }
        tallies.forEach((check, tally) -> {
            if (findings.isLookedAt(check)) {
                tally.counted++;
            }
            if (findings.failed().contains(check)) {
                tally.failed++;
                tell(tally, new Tallies.Example(file, line, findings.told(check)));
            }
        });
    }

    List<CheckResult> results() {
        boolean isExcused = contract.isExcused(lines, failedLines);
        List<CheckResult> results = new ArrayList<>();
        tallies.forEach((check, tally) -> {
            CheckResult result = CheckResult.of(
                    check.id(), check.type(), contract.rule(check), tally.counted, tally.failed, tally.examples);
            results.add(isExcused ? result.excused() : result);
        });
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
