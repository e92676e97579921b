package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.reject.RawLine;
import dev.jangbu.transform.reject.RefusedLine;
import java.util.List;

/** Takes the parsed blocks in landing order: compares records with those before, and parts clean rows from rejects. */
final class DayCommitter {
    final RecordsOfDay day = new RecordsOfDay();
    final Tallies tallies = new Tallies();

    private final Contract contract;
    private final CleanWriter clean;
    private long ordinary;
    private long orders;
    private int runStart;

    DayCommitter(Contract contract, CleanWriter clean) {
        this.contract = contract;
        this.clean = clean;
    }

    void commit(Block block, PartLedger part) {
        Records records = block.records;
        int[] marks = new int[records.count];
        runStart = 0;
        day.prepare(records);
        for (int record = 0; record < records.count; record++) {
            long line = part.linesBefore + records.line[record] + 1;
            if (passes(block, record, line)) {
                marks[record] = Mark.of(day.session(), false);
            } else {
                marks[record] = settle(block, record, part, line);
            }
        }
        clean.add(runStart, records.rowsEnd);
        part.add(records, marks);
        if (block.isLast) {
            part.correct(block);
        }
    }

    /** The counts of all that was committed, but for {@code funnel_sequence}. */
    Tallies tallies() {
        for (Check check : Check.ALL) {
            boolean isOfAll = check != Check.FUNNEL_SEQUENCE && check != Check.ORDER_AMOUNT;
            tallies.count(check, isOfAll ? ordinary : 0);
        }
        tallies.count(Check.ORDER_AMOUNT, orders);
        ordinary = 0;
        orders = 0;
        return tallies;
    }

    private boolean passes(Block block, int record, long line) {
        if (block.records.checked[record] != null) {
            return false;
        }
        ordinary++;
        orders += block.records.carriesOrder[record] ? 1 : 0;
        return day.see(block.records, record, block.data, Place.of(block.part, line));
    }

    /** Decides on a record that is not ordinary, or fails beside others; returns its mark. */
    private int settle(Block block, int record, PartLedger part, long line) {
        CheckedLine checked = block.records.checked[record];
        List<Failure> failures;
        if (checked == null) {
            failures = day.failures(block.records.platform[record]);
        } else {
            tallies.count(checked);
            failures = day.see(checked, Place.of(block.part, line));
        }
        boolean isStorable = checked == null || checked.row() != null;
        failures.forEach(failure -> tallies.fail(failure, part.landing.name(), line));
        Check rejectedBy = Verdict.of(contract, failures, isStorable).rejectedBy();
        if (rejectedBy == null) {
            return Mark.of(day.session(), !failures.isEmpty());
        }
        leaveOut(block.records, record);
        part.reject(
                rejectedBy, RefusedLine.write(part.landing.name(), line, Failure.told(failures), raw(block, record)));
        return Mark.NONE;
    }

    private void leaveOut(Records records, int record) {
        clean.add(runStart, records.rowStart(record));
        runStart = records.rowEnd[record];
    }

    private static RawLine raw(Block block, int record) {
        if (block.tooLong != null) {
            return block.tooLong;
        }
        int from = block.records.from[record];
        return RawLine.of(block.data, from, block.records.to[record] - from);
    }
}
