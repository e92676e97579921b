package dev.jangbu.transform.fast;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.output.PartFile;
import java.util.List;
import java.util.function.Supplier;

/** What it takes to read a day and to write what comes of it. */
record DayReading(
        Contract contract,
        EventChecker checker,
        Supplier<BlockParser> parser,
        List<LandingPart> parts,
        DayFiles files,
        BackgroundForce force,
        Progress progress) {
    /** The landing from its beginning. */
    BlockPipeline blocks() {
        return new BlockPipeline(parts, parser);
    }

    /** The part's clean and rejected files, new and empty. */
    PartLedger open(int part) {
        PartFile clean = new PartFile(files.clean(part), force);
        clean.append(CleanHeader.line());
        return new PartLedger(parts.get(part), clean, new PartFile(files.rejected(part), force));
    }

    /** The part's flagged file, new and empty. */
    FlaggedFile flagged(int part) {
        return new FlaggedFile(new PartFile(files.flagged(part), force));
    }
}
