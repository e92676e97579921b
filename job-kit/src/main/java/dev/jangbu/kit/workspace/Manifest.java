package dev.jangbu.kit.workspace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one run handed over for a day. A manifest of 0 rows is a real, empty day.
 *
 * @param source where the data came from: {@code simulator}, {@code files}, …; after transform the same name, for reports
 * @param profile the contract profile the data is to be judged by, such as {@code default}
 * @param rows rows in all files
 * @param bytes bytes in all files
 * @param files in reading order
 * @param windowFrom first instant of the data, inclusive
 * @param windowTo exclusive
 * @param counts what else was counted, by name: {@code lines}, {@code rejected}, {@code other_days}, …
 * @param token of the run that wrote it; a manifest with a smaller token than its slice's run lock is stale
 */
public record Manifest(
        String job,
        String dataset,
        String slice,
        LocalDate businessDate,
        String source,
        String profile,
        long rows,
        long bytes,
        List<Entry> files,
        Instant windowFrom,
        Instant windowTo,
        Map<String, Long> counts,
        String version,
        String runId,
        long token,
        Instant createdAt) {

    public Manifest {
        files = List.copyOf(files);
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        long fileRows = files.stream().mapToLong(Entry::rows).sum();
        if (rows != fileRows) {
            throw new IllegalArgumentException("rows: " + rows + " (expected: " + fileRows + ", the sum of its files)");
        }
    }

    /**
     * One file.
     *
     * @param path relative to the day's folder, with forward slashes: {@code <run id>/part-00000.jsonl}
     * @param rows lines that hold a record; in a landing, the lines that are not blank
     * @param sha256 of the file's bytes as they lie on disk, lower-case hexadecimal
     * @param counts what else was counted in this file, by name; a clean file: {@code lines}, {@code rejected},
     *     {@code rejected.<check>} of the landing file it came from
     * @param lateInput in a landing: sha256 of the late file whose rows these are, as it was handed in; empty for what the
     *     extraction itself brought
     */
    public record Entry(
            String path,
            long rows,
            long bytes,
            String sha256,
            Map<String, Long> counts,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String lateInput) {
        public Entry {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
            // Absent in manifests of before there were late files.
            lateInput = Objects.requireNonNullElse(lateInput, "");
        }

        public Entry(String path, long rows, long bytes, String sha256, Map<String, Long> counts) {
            this(path, rows, bytes, sha256, counts, "");
        }

        public Entry(String path, long rows, long bytes, String sha256) {
            this(path, rows, bytes, sha256, Map.of());
        }

        /** Whether these rows were appended to the day's extraction. */
        @JsonIgnore
        public boolean isLate() {
            return !lateInput.isEmpty();
        }

        /** The same rows, as those of a late file. */
        public Entry ofLateInput(String inputSha256) {
            return new Entry(path, rows, bytes, sha256, counts, inputSha256);
        }

        /** The same bytes under another name. */
        public Entry at(String otherPath) {
            return new Entry(otherPath, rows, bytes, sha256, counts, lateInput);
        }
    }
}
