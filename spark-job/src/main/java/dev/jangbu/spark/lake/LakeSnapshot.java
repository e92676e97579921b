package dev.jangbu.spark.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;

/**
 * One state of the table, as its commit told it.
 *
 * @param action {@code put}, {@code restore}, {@code erase}, {@code forget}, {@code retain}; of what no command of ours did, Iceberg's word for it
 * @param day whose rows were replaced; empty where no command of ours did it
 * @param rows of the day, from then on
 * @param run that did it
 * @param origin of the rows: {@code files-sha256}, {@code source}, {@code profile}, …
 */
public record LakeSnapshot(
        long id,
        Instant at,
        String action,
        String day,
        long rows,
        String run,
        Map<String, String> origin,
        State state) {
    private static final String PREFIX = "jangbu.";
    private static final String ACTION = "action";
    private static final String DAY = "day";
    private static final String ROWS = "rows";
    private static final String RUN = "run";
    private static final String RESTORED = "restored-from";
    private static final Set<String> OF_COMMIT = Set.of(ACTION, DAY, ROWS, RUN, RESTORED);

    /** Iceberg's word for a commit that rewrote files and changed no row. */
    private static final String REWRITTEN = "replace";

    private static final String FORGET = "forget";
    private static final String RETAIN = "retain";
    /** Of commits without a day that leave the rows of every day they keep. */
    private static final Set<String> KNOWN = Set.of(REWRITTEN, FORGET, RETAIN);

    private static final String BEFORE = "before";
    private static final String FILES = "files-sha256";

    public LakeSnapshot {
        origin = Map.copyOf(origin);
    }

    public enum State {
        CURRENT,
        PAST,
        /** Gone back over; still to be gone to. */
        LEFT
    }

    static LakeSnapshot of(Snapshot snapshot, State state) {
        Map<String, String> told = new LinkedHashMap<>();
        snapshot.summary().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                told.put(key.substring(PREFIX.length()), value);
            }
        });
        Map<String, String> origin = new LinkedHashMap<>(told);
        origin.keySet().removeAll(OF_COMMIT);
        return new LakeSnapshot(
                snapshot.snapshotId(),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                told.getOrDefault(ACTION, snapshot.operation()),
                told.getOrDefault(DAY, ""),
                Long.parseLong(told.getOrDefault(ROWS, "0")),
                told.getOrDefault(RUN, ""),
                origin,
                state);
    }

    /** Digest of the contents of the files the rows came from. */
    String files() {
        return origin.getOrDefault(FILES, "");
    }

    /** What a commit tells of a day from which a person was taken out: it is no more what came from the files. */
    public static Map<String, String> ofErasure(LocalDate day, long rows, String run, Map<String, String> origin) {
        Map<String, String> left = new LinkedHashMap<>(origin);
        left.remove(FILES);
        left.remove("manifest-sha256");
        return told("erase", day, rows, run, left);
    }

    /** What a commit tells that changes no row, and leaves nothing of those that were. */
    static Map<String, String> ofForgetting(String run) {
        return Map.of(PREFIX + ACTION, FORGET, PREFIX + RUN, run);
    }

    /** What a commit tells that takes the oldest days out. */
    static Map<String, String> ofRetention(LocalDate before, String run) {
        return Map.of(PREFIX + ACTION, RETAIN, PREFIX + RUN, run, PREFIX + BEFORE, before.toString());
    }

    /** Whether rows may have been changed in a way that no command of ours knows of. */
    boolean isByHand() {
        return day.isEmpty() && !KNOWN.contains(action);
    }

    /** Whether its commit took the day out because its time was over. */
    boolean isGone(LocalDate of) {
        return action.equals(RETAIN) && of.isBefore(LocalDate.parse(origin.getOrDefault(BEFORE, of.toString())));
    }

    /** What a commit tells of a day that came from files. */
    static Map<String, String> ofPut(LocalDate day, long rows, String run, Map<String, String> origin) {
        return told("put", day, rows, run, origin);
    }

    /** What a commit tells of a day that was taken from a former state. */
    static Map<String, String> ofRestore(LakeSnapshot former, LocalDate day, String run) {
        Map<String, String> told = told("restore", day, former.rows(), run, former.origin());
        told.put(PREFIX + RESTORED, String.valueOf(former.id()));
        return told;
    }

    private static Map<String, String> told(
            String action, LocalDate day, long rows, String run, Map<String, String> origin) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put(PREFIX + ACTION, action);
        told.put(PREFIX + DAY, day.toString());
        told.put(PREFIX + ROWS, String.valueOf(rows));
        told.put(PREFIX + RUN, run);
        origin.forEach((key, value) -> told.put(PREFIX + key, value));
        return told;
    }
}
