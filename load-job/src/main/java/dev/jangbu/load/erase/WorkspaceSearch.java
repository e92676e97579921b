package dev.jangbu.load.erase;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.spark.SparkPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Looks through every file of the workspace but the database's own, and but those spark-job alone can read. */
final class WorkspaceSearch {
    private static final Set<String> DAY_AREAS = Set.of("landing", "clean", "rejects", "corrections");
    private static final Set<String> TOLD_AREAS = Set.of("reports", "runs", "alerts");
    private static final Pattern BASE64 = Pattern.compile("\"raw_base64\":\"([A-Za-z0-9+/=]+)\"");

    private final Workspace workspace;
    private final Subject subject;
    private final Consumer<String> progress;

    /** @param progress told now and then how far it is */
    WorkspaceSearch(Workspace workspace, Subject subject, Consumer<String> progress) {
        this.workspace = workspace;
        this.subject = subject;
        this.progress = progress;
    }

    Survey addTo(Survey survey) {
        long files = 0;
        if (!Files.isDirectory(workspace.root())) {
            return survey;
        }
        try (Stream<Path> tree = Files.walk(workspace.root())) {
            for (Path file : (Iterable<Path>) tree.filter(this::isOurs)::iterator) {
                files++;
                progress.accept("searching files: " + files);
                long found = count(file);
                if (found > 0) {
                    add(survey, file, found);
                }
            }
        } catch (IOException | java.io.UncheckedIOException failure) {
            throw StorageFailure.of(
                    "cannot search",
                    workspace.root(),
                    failure instanceof IOException io ? io : new IOException(failure));
        }
        return survey.lookedAt(files);
    }

    private boolean isOurs(Path file) {
        return !file.startsWith(workspace.embeddedDatabase())
                && !SparkPlaces.isIn(workspace, file)
                && Files.isRegularFile(file);
    }

    /** Lines of the file, or records of a clean file, that name the person. */
    private long count(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long[] found = {0};
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".csv")) {
            CsvRecords.read(file, record -> found[0] += isInRecord(record) ? 1 : 0);
        } else {
            long[] last = {0};
            Lines.read(file, (line, bytes, from, length) -> {
                if (line != last[0] && isInLine(name, bytes, from, length)) {
                    found[0]++;
                    last[0] = line;
                }
            });
        }
        return found[0];
    }

    private boolean isInRecord(byte[] record) {
        return subject.isIn(record) || (!subject.isWord() && subject.id().equals(CsvRecords.field(record, 3)));
    }

    private boolean isInLine(String name, byte[] bytes, int from, int length) {
        if (subject.isIn(bytes, from, length)) {
            return true;
        }
        if (!name.startsWith("rejected-") && !name.startsWith("flagged-")) {
            return false;
        }
        Matcher base64 = BASE64.matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        return base64.find() && subject.isIn(Base64.getDecoder().decode(base64.group(1)));
    }

    private void add(Survey survey, Path file, long found) {
        Path inside = workspace.root().relativize(file);
        String area = inside.getName(0).toString();
        if (DAY_AREAS.contains(area) && inside.getNameCount() >= 4) {
            @Nullable LocalDate day = day(inside.getName(2).toString());
            if (day != null) {
                String dataset = inside.getName(1).toString();
                if (isOfSlice(inside)) {
                    addOfWindow(
                            survey,
                            area,
                            new Survey.Day(dataset, inside.getName(3).toString(), day),
                            file,
                            found);
                } else {
                    addOfDay(survey, area, dataset, day, file, found);
                }
                return;
            }
        }
        (TOLD_AREAS.contains(area) ? survey.told() : survey.others()).add(file);
    }

    private static boolean isOfSlice(Path inside) {
        return inside.getNameCount() > 5
                || (inside.getNameCount() == 5
                        && !RunFolders.isRunId(inside.getName(3).toString()));
    }

    /** All files of the run whose manifest counts are its published ones: some stand beside those it names. */
    private void addOfWindow(Survey survey, String area, Survey.Day window, Path file, long found) {
        DayFolder folder = folder(area, window.dataset(), window.slice(), window.date());
        boolean isPublished = folder.manifest()
                .map(manifest -> file.startsWith(folder.path().resolve(manifest.runId())))
                .orElse(false);
        Survey.Places places = survey.of(window.dataset(), window.slice(), window.date());
        (isPublished ? places.published() : places.beside()).merge(area, found, Long::sum);
    }

    private void addOfDay(Survey survey, String area, String dataset, LocalDate day, Path file, long found) {
        DayFolder folder = folder(area, dataset, Workspace.WHOLE_DAY, day);
        boolean isPublished = folder.manifest()
                .map(manifest -> manifest.files().stream()
                        .anyMatch(entry -> folder.resolve(entry).equals(file)))
                .orElse(false);
        Survey.Places places = survey.of(dataset, Workspace.WHOLE_DAY, day);
        (isPublished ? places.published() : places.beside()).merge(area, found, Long::sum);
    }

    private DayFolder folder(String area, String dataset, String slice, LocalDate day) {
        return switch (area) {
            case "landing" -> workspace.landing(dataset, slice, day);
            case "clean" -> workspace.clean(dataset, slice, day);
            case "rejects" -> workspace.rejects(dataset, slice, day);
            default -> workspace.corrections(dataset, slice, day);
        };
    }

    private static @Nullable LocalDate day(String name) {
        try {
            return LocalDate.parse(name);
        } catch (DateTimeException other) {
            return null;
        }
    }

    /** Puts a substitute in the place of the id in files people and programs read; they stay what they are. */
    void redact(List<Path> told) {
        for (Path file : told) {
            try {
                String text = Files.readString(file);
                String redacted = subject.redacted(text);
                if (file.toString().endsWith(".json")) {
                    Json.mapper().readTree(redacted);
                }
                dev.jangbu.kit.workspace.AtomicFiles.write(file, redacted.getBytes(StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw StorageFailure.of("cannot redact", file, failure);
            } catch (JacksonException broken) {
                throw new dev.jangbu.kit.exit.JobFailure(
                        dev.jangbu.kit.exit.ExitCode.FAILED,
                        file + ": no JSON any more without the id; it stays as it is, remove it by hand",
                        broken);
            }
        }
    }
}
