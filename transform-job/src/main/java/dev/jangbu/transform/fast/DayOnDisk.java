package dev.jangbu.transform.fast;

import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.WorkFolder;
import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a day of any size in two readings. The first spreads ids and sessions over files by their hashes, so that what must
 * be compared lies in one file; each file is small enough to be judged in the heap, and what is found is kept in the order of
 * the lines. The second reading writes the day, told at each line what was found.
 */
final class DayOnDisk {
    private final DayReading reading;

    DayOnDisk(DayReading reading) {
        this.reading = reading;
    }

    DayOutcome run() throws InterruptedException {
        try (WorkFolder folder = WorkFolder.make(reading.files().work())) {
            return run(folder.path());
        }
    }

    /** @param folder for what is needed meanwhile */
    DayOutcome run(Path folder) throws InterruptedException {
        Tallies tallies = new Tallies();
        FoundFiles found = new FoundFiles(folder);
        try {
            judge(folder, found, tallies);
            return write(found, tallies);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot work in", folder, failure);
        }
    }

    private void judge(Path folder, FoundFiles found, Tallies tallies) throws IOException, InterruptedException {
        IdFiles ids = new IdFiles(folder);
        SessionFiles sessions = new SessionFiles(folder);
        try (ids;
                sessions) {
            spread(ids, sessions);
        }
        for (int file = 0; file < HashedFiles.COUNT; file++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ids.judge(file, found);
            tallies.count(Check.FUNNEL_SEQUENCE, sessions.judge(file, found));
        }
    }

    private void spread(IdFiles ids, SessionFiles sessions) throws IOException, InterruptedException {
        try (BlockPipeline blocks = reading.blocks()) {
            for (int part = 0; part < reading.parts().size(); part++) {
                long linesBefore = 0;
                boolean isLast = false;
                while (!isLast) {
                    Block block = blocks.next();
                    isLast = block.isLast;
                    spread(block, linesBefore, ids, sessions);
                    linesBefore += block.records.lines;
                    blocks.release(block);
                }
            }
        }
    }

    private static void spread(Block block, long linesBefore, IdFiles ids, SessionFiles sessions) throws IOException {
        Records records = block.records;
        for (int record = 0; record < records.count; record++) {
            long place = Place.of(block.part, linesBefore + records.line[record] + 1);
            CheckedLine checked = records.checked[record];
            if (checked == null) {
                ids.add(records.idHigh[record], records.idLow[record], place);
                sessions.add(block, record, place);
            } else {
                ids.add(checked, place);
                sessions.add(checked, place);
            }
        }
    }

    private DayOutcome write(FoundFiles found, Tallies tallies) throws IOException, InterruptedException {
        List<PartOutcome> outcomes = new ArrayList<>();
        try (FoundLines lines = found.read()) {
            JudgedDay day = new JudgedDay(lines, reading.parts(), tallies);
            try (WritingPass pass = new WritingPass(reading, day, tallies)) {
                for (int part = 0; part < reading.parts().size(); part++) {
                    PartLedger ledger = reading.open(part);
                    FlaggedFile flagged = reading.flagged(part);
                    day.open(flagged);
                    pass.read(ledger, () -> true);
                    outcomes.add(flagged.end(ledger.close()));
                }
                pass.finish();
            }
        }
        return new DayOutcome(tallies, outcomes);
    }
}
