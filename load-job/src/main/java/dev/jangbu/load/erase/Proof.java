package dev.jangbu.load.erase;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.Version;
import dev.jangbu.kit.workspace.AtomicFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an erasure came to, for the file that proves it and for a screen. Holds no id of a person.
 *
 * @param searched files that were looked at again at the end
 * @param told reports, summaries and rows of runs in which the id was replaced
 * @param bySpark what spark-job looked through
 */
record Proof(
        String erasureId,
        String by,
        String request,
        boolean isWord,
        Instant finishedAt,
        List<ErasureLog.Entry> entries,
        long searched,
        long told,
        List<ErasureLog.Searched> bySpark) {
    static final String HELD = "hold.record";

    Proof {
        entries = List.copyOf(entries);
        bySpark = List.copyOf(bySpark);
    }

    List<LocalDate> days() {
        return entries.stream()
                .filter(entry -> entry.removed() + entry.redacted() > 0)
                .map(ErasureLog.Entry::day)
                .distinct()
                .sorted()
                .toList();
    }

    long removed() {
        return entries.stream().mapToLong(ErasureLog.Entry::removed).sum();
    }

    /** Lines and records that stay, without the person. */
    long redacted() {
        return entries.stream().mapToLong(ErasureLog.Entry::redacted).sum();
    }

    long held() {
        return entries.stream()
                .filter(entry -> HELD.equals(entry.place()))
                .mapToLong(ErasureLog.Entry::after)
                .sum();
    }

    /** Removed lines and rows by place. */
    SortedMap<String, Long> byPlace() {
        SortedMap<String, Long> sums = new TreeMap<>();
        entries.stream()
                .filter(entry -> entry.removed() > 0)
                .forEach(entry -> sums.merge(entry.place(), entry.removed(), Long::sum));
        return sums;
    }

    void write(Path file) {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("erasure_id", erasureId);
        proof.put("requested_by", by);
        proof.put("request", request);
        proof.put("finished_at", finishedAt.toString());
        proof.put("version", Version.current());
        proof.put("days", days().stream().map(LocalDate::toString).toList());
        proof.put("removed", removed());
        proof.put("redacted", redacted());
        proof.put("held", held());
        proof.put("told", told);
        proof.put("search", search());
        proof.put("places", entries.stream().map(Proof::place).toList());
        AtomicFiles.write(file, Json.pretty(proof));
    }

    private Map<String, Object> search() {
        Map<String, Object> search = new LinkedHashMap<>();
        search.put("for", isWord ? "the id, wherever it stands as a word" : "the id, as the value of user_id");
        search.put("files", searched);
        search.put("tables", "all, but those of schema hold");
        for (ErasureLog.Searched place : bySpark) {
            search.put(
                    place.place(),
                    place.state().isEmpty()
                            ? place.count() + " files"
                            : place.count() + " rows, all there are in the only state, " + place.state());
        }
        search.put("found", 0);
        return search;
    }

    private static Map<String, Object> place(ErasureLog.Entry entry) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("dataset", entry.dataset());
        place.put("ds", entry.day().toString());
        place.put("place", entry.place());
        if (HELD.equals(entry.place())) {
            place.put("held", entry.after());
            place.put("basis", String.valueOf(entry.basis()));
            return place;
        }
        if (!entry.file().isEmpty()) {
            place.put("file", entry.file());
        }
        if (entry.basis() != null) {
            place.put("reason", entry.basis());
        }
        place.put("before", entry.before());
        place.put("removed", entry.removed());
        place.put("after", entry.after());
        if (entry.redacted() > 0) {
            place.put("redacted", entry.redacted());
        }
        if (entry.sha256Before() != null) {
            place.put("sha256_before", entry.sha256Before());
            place.put("sha256_after", String.valueOf(entry.sha256After()));
        }
        return place;
    }

    /** At most a screen. */
    List<String> screen(Path file, List<LocalDate> rebuild) {
        List<String> lines = new ArrayList<>();
        lines.add("erasure %s: %,d lines and rows removed on %d days, %,d rows held apart by law"
                .formatted(erasureId, removed(), days().size(), held()));
        byPlace().forEach((place, removed) -> lines.add("  %-28s %,10d".formatted(place, removed)));
        if (redacted() > 0) {
            lines.add("  %-28s %,10d records of shops that stay, without the person".formatted("", redacted()));
        }
        if (told > 0) {
            lines.add("  %-28s %,10d replaced in what runs and reports said".formatted("", told));
        }
        lines.add("searched again: %,d files and every table%s; nothing names the person any more"
                .formatted(searched, told(bySpark)));
        lines.add("proof: " + file);
        if (!rebuild.isEmpty()) {
            lines.add("marts to build again: " + few(rebuild) + "; `bin/jangbu erase` and `make erase` do it");
        }
        return lines;
    }

    private static String told(List<ErasureLog.Searched> places) {
        return places.stream()
                .map(place -> ", %,d %s of %s"
                        .formatted(place.count(), place.state().isEmpty() ? "files" : "rows", place.place()))
                .collect(Collectors.joining());
    }

    private static String few(List<LocalDate> days) {
        return days.size() <= 5 ? days.toString() : days.subList(0, 5) + " and " + (days.size() - 5) + " more";
    }
}
