package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.output.PartFile;
import dev.jangbu.transform.reject.RawLine;
import dev.jangbu.transform.reject.RefusedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of a part's lines that were kept but are doubtful. Of one thread. */
final class FlaggedFile {
    private final PartFile file;
    private long lines;

    FlaggedFile(PartFile file) {
        this.file = file;
    }

    /**
     * @param failures of the line but for {@code funnel_sequence}
     * @param funnel null where the line's session passes
     */
    void add(PartLedger part, long line, List<Failure> failures, @Nullable Failure funnel, RawLine raw) {
        List<Failure> all = new ArrayList<>(failures);
        if (funnel != null) {
            all.add(funnel);
        }
        all.sort(Comparator.comparing(Failure::check));
        file.append(RefusedLine.write(part.landing.name(), line, Failure.told(all), raw));
        lines++;
    }

    /** Ends the part. */
    PartOutcome end(PartLedger.Closed part) {
        return part.with(file.finish(), lines);
    }
}
