package dev.jangbu.transform;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayEngine;
import dev.jangbu.transform.fast.DayFiles;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.landing.LandingPart;
import java.util.List;

/**
 * Judges a day's lines and writes its clean, rejected and flagged files: in this process, or elsewhere. Whoever does it, of
 * the same lines the same are clean, rejected and flagged, for the same reasons.
 */
@FunctionalInterface
public interface DayJudge {
    /**
     * Returns when the files are durable. A landing part may become several files, in the order of its lines.
     *
     * @param files folders that exist, but for the work folder, which does not
     * @param progress may be told of the lines as they are judged
     * @throws dev.jangbu.kit.exit.JobFailure when a part is damaged or is not what its digest says, or a file cannot be
     *     read or written; what was written until then counts for nothing
     */
    DayOutcome judge(Contract contract, List<LandingPart> parts, DayFiles files, Progress progress)
            throws InterruptedException;

    /** As fast as one machine can. */
    static DayJudge inThisProcess(RunContext context) {
        return (contract, parts, files, progress) ->
                new DayEngine(contract, context.calendar(), context.businessDate(), progress).run(parts, files);
    }
}
