package dev.jangbu.transform;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import dev.jangbu.transform.records.RecordOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files that came of a day, in the order of their manifests.
 *
 * @param rejects the rejected and the flagged lines
 * @param refused how many lines those are, by kind
 */
record DayBooks(List<Entry> clean, List<Entry> rejects, Map<String, Long> refused) {
    /**
     * A file and its books.
     *
     * @param landing the part its rows came from
     * @param counts lines, rejected ones, and these by check; empty where a file has no such books
     */
    record Entry(LandingPart landing, WrittenFile file, long rows, Map<String, Long> counts) {}

    DayBooks {
        clean = List.copyOf(clean);
        rejects = List.copyOf(rejects);
        refused = Map.copyOf(refused);
    }

    /** One clean file a landing part, with the books of both. */
    static DayBooks of(DayOutcome outcome) {
        return new DayBooks(
                outcome.parts().stream()
                        .map(part -> new Entry(part.landing(), part.cleanFile(), part.clean(), counts(part)))
                        .toList(),
                outcome.parts().stream()
                        .flatMap(part -> Stream.of(
                                new Entry(part.landing(), part.rejectedFile(), part.rejected(), Map.of()),
                                new Entry(part.landing(), part.flaggedFile(), part.flagged(), Map.of())))
                        .toList(),
                Map.of("rejected", outcome.rejected(), "flagged", outcome.flagged()));
    }

    /** A clean file for each table of each landing part; its lines are the rows that came of the part's records. */
    static DayBooks of(RecordOutcome outcome) {
        return new DayBooks(
                outcome.parts().stream()
                        .flatMap(part -> part.tables().stream()
                                .map(table -> new Entry(part.landing(), table.file(), table.rows(), counts(table))))
                        .toList(),
                outcome.parts().stream()
                        .flatMap(part -> Stream.of(
                                new Entry(part.landing(), part.rejectedFile(), part.rejected(), Map.of()),
                                new Entry(part.landing(), part.flaggedFile(), part.flagged(), Map.of())))
                        .toList(),
                Map.of("rejected", outcome.rejected(), "flagged", outcome.flagged()));
    }

    private static Map<String, Long> counts(RecordOutcome.TableFile table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("lines", table.rows() + table.rejected());
        counts.put("rejected", table.rejected());
        table.rejectedBy().forEach((check, rows) -> counts.put("rejected." + check.id(), rows));
        return counts;
    }

    private static Map<String, Long> counts(PartOutcome part) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("lines", part.lines());
        counts.put("rejected", part.rejected());
        if (part.corrected() > 0) {
            counts.put("corrected", part.corrected());
        }
        for (Check check : Check.ALL) {
            Long rejected = part.rejectedBy().get(check);
            if (rejected != null) {
                counts.put("rejected." + check.id(), rejected);
            }
        }
        return counts;
    }
}
