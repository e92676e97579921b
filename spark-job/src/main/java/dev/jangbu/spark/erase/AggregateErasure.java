package dev.jangbu.spark.erase;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.erase.ErasureLog;
import dev.jangbu.load.spark.SparkPlaces;
import dev.jangbu.spark.aggregate.AggregatedDays;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Aggregates of days a person was erased from: made again of what is left, or taken away where nothing is. They hold no
 * user, but the sessions of all.
 */
final class AggregateErasure {
    private static final String PARQUET = ".parquet";

    private final Site site;
    private final AggregatedDays days;

    AggregateErasure(Site site, AggregatedDays days) {
        this.site = site;
        this.days = days;
    }

    /**
     * What was done to days.
     *
     * @param again made again
     * @param gone taken away
     */
    record Done(List<LocalDate> again, List<LocalDate> gone) {}

    /** Days whose tables were made before somebody was last erased from them, or whose files name the person. */
    NavigableSet<LocalDate> touched() throws SQLException {
        NavigableSet<LocalDate> touched = new TreeSet<>();
        try (Connection connection = site.database().connect()) {
            Map<LocalDate, String> erased = new ErasureLog(connection).lastErased();
            for (LocalDate day : days.all()) {
                String run = days.manifest(day).map(Manifest::runId).orElse("");
                boolean isOlder = erased.containsKey(day) && run.compareTo(String.valueOf(erased.get(day))) < 0;
                if (isOlder && hasTables(day)) {
                    touched.add(day);
                }
            }
        }
        for (Path file : naming()) {
            day(file).ifPresent(touched::add);
        }
        return touched;
    }

    /** Published or not: a killed run leaves some too. */
    private boolean hasTables(LocalDate day) {
        try (Stream<Path> children = Files.list(days.folder(day).path())) {
            return children.anyMatch(Files::isDirectory);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot search", days.folder(day).path(), failure);
        }
    }

    /** @param inLake days the lake has rows of */
    Done redo(NavigableSet<LocalDate> inLake) throws Exception {
        Done done = new Done(new ArrayList<>(), new ArrayList<>());
        for (LocalDate day : touched()) {
            boolean isClean = site.workspace()
                    .clean(Site.EVENTS, Workspace.WHOLE_DAY, day)
                    .manifest()
                    .isPresent();
            if (isClean || inLake.contains(day)) {
                again(day, !isClean);
                done.again().add(day);
            } else {
                remove(day);
                done.gone().add(day);
            }
        }
        return done;
    }

    private void again(LocalDate day, boolean isFromLake) throws SQLException {
        long before = rows(day);
        ExitCode code = days.makeAgain(site.request(AggregatedDays.SLICE, day), isFromLake);
        if (code != ExitCode.DONE) {
            throw new JobFailure(
                    code,
                    "aggregates of " + day + " not made again; the lines above say why, `make spark DS=" + day
                            + "` does it");
        }
        long after = rows(day);
        log(day, Math.max(before, after), after, "made again of " + (isFromLake ? "the lake" : "the clean files"));
    }

    private void remove(LocalDate day) throws Exception {
        String why =
                "a person was erased from the day, and there are neither clean files nor rows of the lake to make it"
                        + " again of";
        site.holding(AggregatedDays.SLICE, day, run -> {
            log(day, rows(day), 0, "removed: " + why);
            try (Connection connection = site.database().connect()) {
                run.withdraw(connection, days.folder(day), why);
            }
            days.folder(day).removeOtherRuns();
        });
    }

    private long rows(LocalDate day) {
        return days.manifest(day).map(Manifest::rows).orElse(0L);
    }

    private void log(LocalDate day, long before, long after, String reason) throws SQLException {
        site.log(new ErasureLog.Entry(
                Site.EVENTS,
                day,
                SparkPlaces.AGGREGATES,
                "",
                site.erasureId(),
                null,
                before,
                before - after,
                after,
                0,
                null,
                null,
                reason));
    }

    /** Files there are; a table's Parquet has the rows of the CSV beside it. */
    long files() {
        return readable().size();
    }

    /** Files that name the person. */
    List<Path> naming() {
        return readable().stream().filter(this::isNaming).toList();
    }

    private List<Path> readable() {
        try (Stream<Path> tree = Files.walk(days.root())) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(PARQUET))
                    .toList();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot search", days.root(), failure);
        }
    }

    private boolean isNaming(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return lines.lines().anyMatch(site.person()::isIn);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot search", file, failure);
        }
    }

    private Optional<LocalDate> day(Path file) {
        Path inside = days.root().relativize(file);
        if (inside.getNameCount() < 3 || !inside.getName(0).toString().equals(Site.EVENTS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(inside.getName(1).toString()));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
