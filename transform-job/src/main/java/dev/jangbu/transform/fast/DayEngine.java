package dev.jangbu.transform.fast;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.BackgroundForce;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a day's landing and writes its clean, rejected and flagged files, all of them durable when it returns. */
public final class DayEngine {
    private static final Logger log = LoggerFactory.getLogger(DayEngine.class);

    private final Contract contract;
    private final BusinessCalendar calendar;
    private final LocalDate businessDate;
    private final EventChecker checker;
    private final Progress progress;
    private final long memory;

    /** @param progress is told of the lines as they are judged */
    public DayEngine(Contract contract, BusinessCalendar calendar, LocalDate businessDate, Progress progress) {
        // Half of the heap: blocks being read and what Spring needs have the other.
        this(contract, calendar, businessDate, progress, Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param memory how many bytes it may take to compare the records; a day that needs more is judged on disk */
    DayEngine(Contract contract, BusinessCalendar calendar, LocalDate businessDate, Progress progress, long memory) {
        this.contract = contract;
        this.calendar = calendar;
        this.businessDate = businessDate;
        this.checker = new EventChecker(contract, calendar, businessDate);
        this.progress = progress;
        this.memory = memory;
    }

    /**
     * @param files in folders that exist, but for the work folder, which must not
     * @throws dev.jangbu.kit.exit.JobFailure when a part is damaged or is not what its digest says, or a file cannot be
     *     read or written; what was written until then counts for nothing
     */
    public DayOutcome run(List<LandingPart> parts, DayFiles files) throws InterruptedException {
        try (BackgroundForce force = new BackgroundForce()) {
            DayReading reading = new DayReading(contract, checker, this::parser, parts, files, force, progress);
            DayOutcome outcome = run(reading);
            force.await();
            return outcome;
        }
    }

    private DayOutcome run(DayReading reading) throws InterruptedException {
        Optional<DayOutcome> outcome = new DayInMemory(reading, memory).run();
        if (outcome.isPresent()) {
            return outcome.get();
        }
        log.info("checks=on_disk reason=\"the day's ids and sessions need more than {} MB\"", memory >> 20);
        progress.restart();
        return new DayOnDisk(reading).run();
    }

    private BlockParser parser() {
        return new BlockParser(contract, calendar, businessDate, checker);
    }
}
