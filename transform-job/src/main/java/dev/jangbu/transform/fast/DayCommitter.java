package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.reject.RefusedLine;
import java.util.List;

/** Takes the parsed blocks in landing order: compares records with those before, and parts clean rows from rejects. */
final class DayCommitter {
    private final Contract contract;
    private final Comparison day;
    private final Tallies tallies;
    private final CleanWriter clean;
    private long ordinary;
    private long orders;
    private int runStart;

    /** @param tallies where all that is found is counted, but for {@code funnel_sequence} */
    DayCommitter(Contract contract, Comparison day, Tallies tallies, CleanWriter clean) {
        this.contract = contract;
        this.day = day;
        this.tallies = tallies;
        this.clean = clean;
    }

    void commit(Block block, PartLedger part) {
        Records records = block.records;
        runStart = 0;
        day.begin(block);
        for (int record = 0; record < records.count; record++) {
            long line = part.linesBefore + records.line[record] + 1;
            if (!passes(block, record, line)) {
                settle(block, record, part, line);
            }
        }
        clean.add(runStart, records.rowsEnd);
        day.end(block, part);
        part.add(records);
        if (block.isLast) {
            part.correct(block);
        }
    }

    /** Ends the day: the ordinary records are counted all at once. */
    void finish() {
        for (Check check : Check.ALL) {
            boolean isOfAll = check != Check.FUNNEL_SEQUENCE && check != Check.ORDER_AMOUNT;
            tallies.count(check, isOfAll ? ordinary : 0);
        }
        tallies.count(Check.ORDER_AMOUNT, orders);
    }

    private boolean passes(Block block, int record, long line) {
        if (block.records.checked[record] != null) {
            return false;
        }
        ordinary++;
        orders += block.records.carriesOrder[record] ? 1 : 0;
        return day.passes(block, record, Place.of(block.part, line));
    }

    /** Decides on a record that is not ordinary, or does not pass beside others. */
    private void settle(Block block, int record, PartLedger part, long line) {
        CheckedLine checked = block.records.checked[record];
        List<Failure> failures;
        if (checked == null) {
            failures = day.failures(block, record);
        } else {
            tallies.count(checked);
            failures = day.failures(checked, Place.of(block.part, line));
        }
        boolean isStorable = checked == null || checked.row() != null;
        failures.forEach(failure -> tallies.fail(failure, part.landing.name(), line));
        Check rejectedBy = Verdict.of(contract, failures, isStorable).rejectedBy();
        if (rejectedBy == null) {
            day.keep(block, record, part, failures);
            return;
        }
        leaveOut(block.records, record);
        part.reject(
                rejectedBy, RefusedLine.write(part.landing.name(), line, Failure.told(failures), block.raw(record)));
    }

    private void leaveOut(Records records, int record) {
        clean.add(runStart, records.rowStart(record));
        runStart = records.rowEnd[record];
    }
}
