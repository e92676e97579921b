package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.Tallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a day while it is read, with all that its records are compared by in the heap: the usual way. */
final class DayInMemory {
    private final DayReading reading;
    private final long memory;

    /** @param memory how many bytes it may take to compare the records */
    DayInMemory(DayReading reading, long memory) {
        this.reading = reading;
        this.memory = memory;
    }

    /** Empty when the day is too large for that; what was written until then counts for nothing. */
    Optional<DayOutcome> run() throws InterruptedException {
        RecordsOfDay day = new RecordsOfDay();
        Tallies tallies = new Tallies();
        List<PartLedger.Closed> read = new ArrayList<>();
        try (WritingPass pass = new WritingPass(reading, day, tallies)) {
            for (int part = 0; part < reading.parts().size(); part++) {
                PartLedger ledger = reading.open(part);
                boolean isWhole = pass.read(ledger, () -> day.bytes() <= memory);
                read.add(ledger.close());
                if (!isWhole) {
                    return Optional.empty();
                }
            }
            pass.finish();
        }
        FunnelVerdicts funnel = FunnelVerdicts.of(day.sessions, reading.parts(), tallies);
        FlaggedLines flagged = new FlaggedLines(read, day, funnel, reading);
        return Optional.of(new DayOutcome(tallies, flagged.write()));
    }
}
