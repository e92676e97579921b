package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.PartFile;
import dev.jangbu.transform.output.WrittenFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The books and the files of one part while the day is read. Of one thread. */
final class PartLedger {
    final LandingPart landing;
    final PartFile clean;
    /** Of the day in memory: what of the part may be flagged when it has been read. */
    final List<BlockMarks> marks = new ArrayList<>();
    /** Lines of the blocks before, blank ones too. */
    long linesBefore;

    private final PartFile rejected;
    private final Map<Check, Long> rejectedBy = new EnumMap<>(Check.class);
    private long records;
    private long corrected;
    private long stale;

    PartLedger(LandingPart landing, PartFile clean, PartFile rejected) {
        this.landing = landing;
        this.clean = clean;
        this.rejected = rejected;
    }

    void reject(Check check, byte[] refused) {
        rejectedBy.merge(check, 1L, Long::sum);
        rejected.append(refused);
    }

    /** What is known of the part's corrections with its last block. */
    void correct(Block last) {
        corrected = last.corrected;
        stale = last.stale;
    }

    /** Ends a block. */
    void add(Records block) {
        linesBefore += block.lines;
        records += block.count;
    }

    /** Ends the part. */
    Closed close() {
        return new Closed(this, clean.finish(), rejected.finish());
    }

    /** A part that was read to its end. */
    record Closed(PartLedger ledger, WrittenFile clean, WrittenFile rejected) {
        PartOutcome with(WrittenFile flagged, long flaggedLines) {
            return new PartOutcome(
                    ledger.landing,
                    ledger.records,
                    ledger.corrected,
                    ledger.stale,
                    ledger.rejectedBy,
                    flaggedLines,
                    clean,
                    rejected,
                    flagged);
        }
    }
}
