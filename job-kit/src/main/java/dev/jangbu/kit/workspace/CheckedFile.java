package dev.jangbu.kit.workspace;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One clean file in the books: what transform-job checked, what load-job may load. Both write it down from the same
 * manifest, and the database compares.
 *
 * @param file as the clean manifest names it
 * @param rejectedByReason rejected lines by the first check they failed
 * @param sha256 of the clean file's bytes; empty where there is no file
 */
public record CheckedFile(
        String file, long lines, long clean, long rejected, Map<String, Long> rejectedByReason, String sha256) {
    /** Stands for the file of a day that has none: such a day is in the books too. */
    public static final String NO_FILE = "(no file)";

    private static final String REASON = "rejected.";

    public CheckedFile {
        rejectedByReason = Collections.unmodifiableMap(new TreeMap<>(rejectedByReason));
    }

    /** The files of a clean manifest in its order; of a day without files the one entry that says so. */
    public static List<CheckedFile> of(Manifest clean) {
        if (clean.files().isEmpty()) {
            return List.of(new CheckedFile(NO_FILE, 0, 0, 0, Map.of(), ""));
        }
        return clean.files().stream().map(CheckedFile::of).toList();
    }

    private static CheckedFile of(Manifest.Entry entry) {
        Map<String, Long> reasons = new TreeMap<>();
        entry.counts().forEach((name, count) -> {
            if (name.startsWith(REASON)) {
                reasons.put(name.substring(REASON.length()), count);
            }
        });
        return new CheckedFile(
                entry.path(),
                entry.counts().getOrDefault("lines", entry.rows()),
                entry.rows(),
                entry.counts().getOrDefault("rejected", 0L),
                reasons,
                entry.sha256());
    }
}
