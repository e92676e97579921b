package dev.jangbu.transform.fast;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.output.PartFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Checks a day's landing and writes its clean, rejected and flagged files, all of them durable when it returns. */
public final class DayEngine {
    private final Contract contract;
    private final BusinessCalendar calendar;
    private final LocalDate businessDate;
    private final EventChecker checker;
    private final Progress progress;

    /** @param progress is told of the lines as they are judged */
    public DayEngine(Contract contract, BusinessCalendar calendar, LocalDate businessDate, Progress progress) {
        this.contract = contract;
        this.calendar = calendar;
        this.businessDate = businessDate;
        this.checker = new EventChecker(contract, calendar, businessDate);
        this.progress = progress;
    }

    /**
     * @param files in folders that exist
     * @throws dev.jangbu.kit.exit.JobFailure when a part is damaged or is not what its digest says, or a file cannot be
     *     read or written; what was written until then counts for nothing
     */
    public DayOutcome run(List<LandingPart> parts, DayFiles files) throws InterruptedException {
        try (BackgroundForce force = new BackgroundForce();
                BlockPipeline pipeline = new BlockPipeline(parts, this::parser);
                CleanWriter writer = new CleanWriter(pipeline)) {
            DayCommitter committer = new DayCommitter(contract, writer);
            List<PartLedger.Closed> read = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                PartLedger ledger = open(part, parts.get(part), files, force);
                commit(ledger, committer, pipeline, writer);
                read.add(ledger.close());
            }
            FunnelVerdicts funnel = FunnelVerdicts.of(committer.day.sessions, parts, committer.tallies());
            FlaggedLines flagged = new FlaggedLines(read, committer.day, funnel, checker);
            List<PartOutcome> outcomes = flagged.write(files, force);
            force.await();
            return new DayOutcome(committer.tallies(), outcomes);
        }
    }

    private static PartLedger open(int part, LandingPart landing, DayFiles files, BackgroundForce force) {
        PartFile clean = new PartFile(files.clean(part), force);
        clean.append(CleanHeader.line());
        return new PartLedger(landing, clean, new PartFile(files.rejected(part), force));
    }

    private void commit(PartLedger part, DayCommitter committer, BlockPipeline pipeline, CleanWriter writer)
            throws InterruptedException {
        boolean isLast = false;
        while (!isLast) {
            Block block = pipeline.next();
            isLast = block.isLast;
            committer.commit(block, part);
            progress.add(block.records.lines);
            writer.write(block, part.clean);
        }
        writer.await();
    }

    private BlockParser parser() {
        return new BlockParser(contract, calendar, businessDate, checker);
    }
}
