package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import dev.jangbu.transform.fast.WrittenFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the published files are, for those who read them. */
final class Manifests {
    private final RunContext context;
    private final DayCheck.Checked checked;

    Manifests(RunContext context, DayCheck.Checked checked) {
        this.context = context;
        this.checked = checked;
    }

    /** One clean part a landing part, with the books of both. */
    Manifest clean() {
        DayFolder folder = context.clean();
        List<Manifest.Entry> files = outcome().parts().stream()
                .map(part -> entry(folder, part.cleanFile(), part.clean(), counts(part)))
                .toList();
        return manifest(files, sums());
    }

    /** The rejected and the flagged lines of each landing part. */
    Manifest rejects() {
        DayFolder folder = context.rejects();
        List<Manifest.Entry> files = outcome().parts().stream()
                .flatMap(part -> Stream.of(
                        entry(folder, part.rejectedFile(), part.rejected(), Map.of()),
                        entry(folder, part.flaggedFile(), part.flagged(), Map.of())))
                .toList();
        return manifest(
                files,
                Map.of("rejected", outcome().rejected(), "flagged", outcome().flagged()));
    }

    private DayOutcome outcome() {
        return checked.outcome();
    }

    private Map<String, Long> sums() {
        Map<String, Long> sums = new LinkedHashMap<>();
        sums.put("lines", 0L);
        sums.put("rejected", 0L);
        for (PartOutcome part : outcome().parts()) {
            counts(part).forEach((name, count) -> sums.merge(name, count, Long::sum));
        }
        return sums;
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

    private static Manifest.Entry entry(DayFolder folder, WrittenFile file, long rows, Map<String, Long> counts) {
        String path = folder.path().relativize(file.file()).toString().replace('\\', '/');
        return new Manifest.Entry(path, rows, file.bytes(), file.sha256(), counts);
    }

    private Manifest manifest(List<Manifest.Entry> files, Map<String, Long> counts) {
        Manifest landing = checked.landing();
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                landing.source(),
                landing.profile(),
                files.stream().mapToLong(Manifest.Entry::rows).sum(),
                files.stream().mapToLong(Manifest.Entry::bytes).sum(),
                files,
                landing.windowFrom(),
                landing.windowTo(),
                counts,
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }
}
