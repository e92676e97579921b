package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the published files are, for those who read them. */
final class Manifests {
    private static final String COMPLETE = "complete";

    private final RunContext context;
    private final CheckedDay checked;

    Manifests(RunContext context, CheckedDay checked) {
        this.context = context;
        this.checked = checked;
    }

    /** The clean files with their books, the sums of these, and whether the landing says that it is all there is. */
    Manifest clean() {
        List<DayBooks.Entry> clean = checked.books().clean();
        Map<String, Long> counts = sums(clean);
        Long complete = checked.landing().counts().get(COMPLETE);
        if (complete != null) {
            counts.put(COMPLETE, complete);
        }
        return manifest(entries(context.clean(), clean), counts);
    }

    /** The rejected and the flagged lines of each landing part. */
    Manifest rejects() {
        DayBooks books = checked.books();
        return manifest(entries(context.rejects(), books.rejects()), books.refused());
    }

    private static Map<String, Long> sums(List<DayBooks.Entry> clean) {
        Map<String, Long> sums = new LinkedHashMap<>();
        sums.put("lines", 0L);
        sums.put("rejected", 0L);
        for (DayBooks.Entry file : clean) {
            file.counts().forEach((name, count) -> sums.merge(name, count, Long::sum));
        }
        return sums;
    }

    private static List<Manifest.Entry> entries(DayFolder folder, List<DayBooks.Entry> files) {
        return files.stream().map(file -> entry(folder, file)).toList();
    }

    private static Manifest.Entry entry(DayFolder folder, DayBooks.Entry entry) {
        String path = folder.path().relativize(entry.file().file()).toString().replace('\\', '/');
        return new Manifest.Entry(
                path, entry.rows(), entry.file().bytes(), entry.file().sha256(), entry.counts());
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
