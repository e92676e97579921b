package dev.jangbu.load.erase;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.held.DayHold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a day once more, without the person, in new runs' folders; nothing counts before it is published. A line of
 * the landing becomes an empty one, so that what is told by line number stays told: rejects, corrections, reports. Clean
 * and rejected lines are left out and not judged again. Of one thread.
 */
final class DayRewrite {
    private final Erasing erasing;
    private final DayHold hold;
    private final DayPlaces places;
    private final Subject subject;
    private final DayMarks marks = new DayMarks();
    private final List<ErasureLog.Entry> entries = new ArrayList<>();
    private final List<UUID> cleanIds = new ArrayList<>();
    private final List<RejectedPlace> rejectedPlaces = new ArrayList<>();
    /** By the number of the part: how many rejected lines went, by the check each counts under. */
    private final Map<String, Map<String, Long>> rejectedByPart = new HashMap<>();

    private final Map<String, Long> correctionsByPart = new HashMap<>();

    /** A rejected line that went: the part as the rejects name it, and its number. */
    record RejectedPlace(String file, long line) {}

    /**
     * The manifests to publish; null where the day has no such place.
     *
     * @param cleanIds of the rows that went from the clean files, and of corrected lines
     */
    record Rewritten(
            @Nullable Manifest landing,
            @Nullable Manifest clean,
            @Nullable Manifest rejects,
            @Nullable Manifest corrections,
            List<ErasureLog.Entry> entries,
            List<UUID> cleanIds,
            List<RejectedPlace> rejectedPlaces) {}

    DayRewrite(Erasing erasing, DayHold hold, DayPlaces places) {
        this.erasing = erasing;
        this.hold = hold;
        this.places = places;
        this.subject = erasing.subject();
    }

    Rewritten write() throws IOException, SQLException {
        markLanding();
        markCorrections();
        Manifest corrections = corrections();
        Manifest rejects = rejects();
        Manifest clean = clean();
        Manifest landing = landing();
        cleanIds.addAll(marks.corrected());
        return new Rewritten(landing, clean, rejects, corrections, entries, cleanIds, rejectedPlaces);
    }

    private void markLanding() throws IOException {
        Manifest landing = places.landing();
        if (landing == null) {
            return;
        }
        for (Manifest.Entry part : landing.files()) {
            String key = PartName.key(part);
            Lines.read(hold.extract().landing().resolve(part), (line, bytes, from, length) -> {
                if (subject.isIn(bytes, from, length)) {
                    marks.add(key, line);
                }
            });
        }
    }

    /** A line that names the person only as it was corrected goes too; so does the event of one that did so before. */
    private void markCorrections() throws IOException {
        Manifest corrections = places.corrections();
        if (corrections == null) {
            return;
        }
        for (Manifest.Entry part : corrections.files()) {
            String key = PartName.correctedKey(part);
            Lines.read(hold.transform().corrections().resolve(part), (line, bytes, from, length) -> {
                if (length == 0) {
                    return;
                }
                JsonNode correction = tree(bytes, from, length);
                long corrected = correction.path("line").asLong(0);
                String text = correction.path("corrected").asString("");
                if (subject.isIn(text)) {
                    marks.add(key, corrected);
                }
                if (marks.has(key, corrected)) {
                    eventId(text);
                }
            });
        }
    }

    private void eventId(String corrected) {
        try {
            marks.addCorrected(UUID.fromString(
                    Json.mapper().readTree(corrected).path("event_id").asString("")));
        } catch (JacksonException | IllegalArgumentException noEvent) {
            // A correction that is no event any more has no clean row either.
            return;
        }
    }

    private @Nullable Manifest landing() throws IOException {
        Manifest landing = places.landing();
        if (landing == null) {
            return null;
        }
        RunContext context = hold.extract();
        DayFolder folder = context.landing();
        Path run = folder.newRunFolder(context.runId());
        List<Manifest.Entry> parts = new ArrayList<>();
        for (Manifest.Entry part : landing.files()) {
            Set<Long> gone = marks.of(PartName.key(part));
            Path target = run.resolve(PartName.file(part));
            Remainder left = gone.isEmpty()
                    ? kept(folder.resolve(part), target, part)
                    : blanked(folder.resolve(part), target, part, gone);
            parts.add(new Manifest.Entry(
                    path(run, target), left.after(), left.bytes(), left.sha256(), part.counts(), part.lateInput()));
            log("landing", part, context, landing, left);
        }
        AtomicFiles.syncFolder(run);
        Map<String, Long> counts = new LinkedHashMap<>(landing.counts());
        long late = parts.stream()
                .filter(Manifest.Entry::isLate)
                .mapToLong(Manifest.Entry::rows)
                .sum();
        counts.computeIfPresent("late_rows", (name, count) -> late);
        return manifest(context, landing, parts, counts);
    }

    private static Remainder blanked(Path from, Path target, Manifest.Entry part, Set<Long> gone) throws IOException {
        try (NewFile file = new NewFile(target)) {
            Lines.copyBlanked(from, gone, file.out());
            return file.finish(part.rows(), gone.size());
        }
    }

    /** The same bytes: a link, or a copy where the file system has none. */
    static Remainder kept(Path from, Path target, Manifest.Entry part) throws IOException {
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, from);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(from, target);
        }
        return new Remainder(part.rows(), 0, part.bytes(), part.sha256());
    }

    private @Nullable Manifest corrections() throws IOException {
        Manifest corrections = places.corrections();
        if (corrections == null) {
            return null;
        }
        RunContext context = hold.transform();
        Path run = context.corrections().newRunFolder(context.runId());
        List<Manifest.Entry> parts = new ArrayList<>();
        for (Manifest.Entry part : corrections.files()) {
            String key = PartName.correctedKey(part);
            Path target = run.resolve(PartName.file(part));
            Remainder left = filtered(context.corrections().resolve(part), target, (line, bytes) -> {
                boolean isGone = subject.isIn(bytes)
                        || marks.has(
                                key, tree(bytes, 0, bytes.length).path("line").asLong(0));
                return isGone ? null : bytes;
            });
            log("corrections", part, context, corrections, left);
            correctionsByPart.put(number(key), left.removed());
            if (left.after() > 0) {
                parts.add(new Manifest.Entry(path(run, target), left.after(), left.bytes(), left.sha256()));
            } else {
                Files.delete(target);
            }
        }
        AtomicFiles.syncFolder(run);
        long rows = parts.stream().mapToLong(Manifest.Entry::rows).sum();
        return manifest(context, corrections, parts, Map.of("corrections", rows));
    }

    private @Nullable Manifest rejects() throws IOException, SQLException {
        Manifest rejects = places.rejects();
        if (rejects == null) {
            return null;
        }
        RunContext context = hold.transform();
        Path run = context.rejects().newRunFolder(context.runId());
        List<Manifest.Entry> parts = new ArrayList<>();
        Map<String, Boolean> ofLanding = new HashMap<>();
        for (String file : landingFiles(context.rejects(), rejects)) {
            ofLanding.put(file, places.isOfLanding(PartName.run(file)));
        }
        for (Manifest.Entry part : rejects.files()) {
            Path target = run.resolve(PartName.file(part));
            Remainder left =
                    filtered(context.rejects().resolve(part), target, (line, bytes) -> refused(part, bytes, ofLanding));
            parts.add(new Manifest.Entry(path(run, target), left.after(), left.bytes(), left.sha256()));
            log("rejects", part, context, rejects, left);
        }
        AtomicFiles.syncFolder(run);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String kind : List.of("rejected", "flagged")) {
            counts.put(
                    kind,
                    parts.stream()
                            .filter(part -> PartName.file(part).startsWith(kind + "-"))
                            .mapToLong(Manifest.Entry::rows)
                            .sum());
        }
        return manifest(context, rejects, parts, counts);
    }

    private static Set<String> landingFiles(DayFolder folder, Manifest rejects) throws IOException {
        Set<String> files = new java.util.HashSet<>();
        for (Manifest.Entry part : rejects.files()) {
            Lines.read(folder.resolve(part), (line, bytes, from, length) -> {
                if (length > 0) {
                    files.add(tree(bytes, from, length).path("file").asString(""));
                }
            });
        }
        return files;
    }

    /** The line as it is to stand in the new file; null where it goes. */
    private byte @Nullable [] refused(Manifest.Entry part, byte[] bytes, Map<String, Boolean> ofLanding) {
        ObjectNode line = (ObjectNode) tree(bytes, 0, bytes.length);
        String file = line.path("file").asString("");
        long number = line.path("line").asLong(0);
        boolean isOfLanding = ofLanding.getOrDefault(file, false);
        if (subject.isIn(bytes) || isInBase64(line) || (isOfLanding && marks.has(key(file), number))) {
            if (PartName.file(part).startsWith("rejected-")) {
                String check = line.path("checks").path(0).path("check").asString("");
                rejectedByPart
                        .computeIfAbsent(number(PartName.file(part)), name -> new HashMap<>())
                        .merge(check, 1L, Long::sum);
                rejectedPlaces.add(new RejectedPlace(file, number));
            }
            return null;
        }
        if (!isOfLanding) {
            return bytes;
        }
        line.put("file", hold.extract().runId() + "/" + PartName.file(file));
        return (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private boolean isInBase64(JsonNode line) {
        String text = line.path("raw_base64").asString("");
        return !text.isEmpty() && subject.isIn(Base64.getDecoder().decode(text));
    }

    private @Nullable Manifest clean() throws IOException {
        Manifest clean = places.clean();
        if (clean == null) {
            return null;
        }
        RunContext context = hold.transform();
        Path run = context.clean().newRunFolder(context.runId());
        Manifest rejects = places.rejects();
        boolean isOfRejects = rejects != null && rejects.runId().equals(clean.runId());
        List<Manifest.Entry> parts = new ArrayList<>();
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Manifest.Entry part : clean.files()) {
            Path target = run.resolve(PartName.file(part));
            Remainder left = records(context.clean().resolve(part), target);
            Map<String, Long> gone =
                    isOfRejects ? rejectedByPart.getOrDefault(number(PartName.file(part)), Map.of()) : Map.of();
            Map<String, Long> counts = CleanCounts.without(part.counts(), part.rows(), left.removed(), gone);
            long corrections = correctionsByPart.getOrDefault(number(PartName.file(part)), 0L);
            counts.computeIfPresent("corrected", (name, count) -> Math.max(0, count - corrections));
            counts.forEach((name, count) -> sums.merge(name, count, Long::sum));
            parts.add(new Manifest.Entry(path(run, target), left.after(), left.bytes(), left.sha256(), counts));
            log("clean", part, context, clean, left);
        }
        AtomicFiles.syncFolder(run);
        return manifest(context, clean, parts, sums.isEmpty() ? clean.counts() : sums);
    }

    private Remainder records(Path from, Path target) throws IOException {
        long[] counted = {-1, 0};
        try (NewFile file = new NewFile(target)) {
            CsvRecords.read(from, record -> {
                if (counted[0]++ >= 0 && isGone(record)) {
                    counted[1]++;
                    UUID id = uuid(CsvRecords.field(record, 1));
                    if (id != null) {
                        cleanIds.add(id);
                    }
                    return;
                }
                file.out().write(record);
            });
            return file.finish(Math.max(0, counted[0]), counted[1]);
        }
    }

    private boolean isGone(byte[] record) {
        if (subject.isIn(record) || (!subject.isWord() && subject.id().equals(CsvRecords.field(record, 3)))) {
            return true;
        }
        UUID id = marks.corrected().isEmpty() ? null : uuid(CsvRecords.field(record, 1));
        return id != null && marks.corrected().contains(id);
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    @FunctionalInterface
    private interface Keeping {
        /** The line as it is to be written; null where it goes. */
        byte @Nullable [] kept(long line, byte[] bytes);
    }

    private static Remainder filtered(Path from, Path target, Keeping keeping) throws IOException {
        long[] counted = {0, 0};
        try (NewFile file = new NewFile(target)) {
            Lines.read(from, (line, bytes, start, length) -> {
                if (length == 0) {
                    return;
                }
                counted[0]++;
                byte[] whole = java.util.Arrays.copyOfRange(bytes, start, start + length + 1);
                whole[length] = '\n';
                byte[] kept = keeping.kept(line, whole);
                if (kept == null) {
                    counted[1]++;
                } else {
                    file.out().write(kept);
                }
            });
            return file.finish(counted[0], counted[1]);
        }
    }

    private void log(String place, Manifest.Entry part, RunContext by, Manifest before, Remainder left) {
        entries.add(new ErasureLog.Entry(
                by.dataset(),
                by.businessDate(),
                place,
                PartName.file(part),
                by.runId(),
                before.runId(),
                left.before(),
                left.removed(),
                left.after(),
                0,
                part.sha256(),
                left.sha256(),
                null));
    }

    private Manifest manifest(
            RunContext context, Manifest before, List<Manifest.Entry> parts, Map<String, Long> counts) {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                before.source(),
                before.profile(),
                parts.stream().mapToLong(Manifest.Entry::rows).sum(),
                parts.stream().mapToLong(Manifest.Entry::bytes).sum(),
                parts,
                before.windowFrom(),
                before.windowTo(),
                counts,
                context.version(),
                context.runId(),
                context.fence().token(),
                erasing.clock().instant());
    }

    private static JsonNode tree(byte[] bytes, int from, int length) {
        return Json.mapper().readTree(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    private static String path(Path run, Path file) {
        return Objects.requireNonNull(run.getFileName()) + "/" + file.getFileName();
    }

    private static String key(String landingFile) {
        return PartName.file(landingFile).replaceFirst("\\.gz$", "");
    }

    /** 00000 of rejected-00000.jsonl and part-00000.csv. */
    private static String number(String file) {
        return file.replaceAll("\\D", "");
    }
}
