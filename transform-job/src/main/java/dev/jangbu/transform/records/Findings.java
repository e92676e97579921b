package dev.jangbu.transform.records;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with one record, by check. Of one thread at a time. */
public final class Findings {
    private static final int TOLD = 5;

    private final Map<RecordCheck, Set<String>> reasons = new EnumMap<>(RecordCheck.class);
    private final Set<RecordCheck> passedOver = EnumSet.noneOf(RecordCheck.class);
    private @Nullable Runnable inOrder;

    /**
     * Says what is wrong, once however often it is said.
     *
     * @param reason {@code name: value (expected: …)}, fit for logs
     */
    public void fail(RecordCheck check, String reason) {
        reasons.computeIfAbsent(check, first -> new LinkedHashSet<>()).add(reason);
    }

    /** Says that this record has nothing the check could look at. */
    public void passOver(RecordCheck check) {
        passedOver.add(check);
    }

    /**
     * Leaves a check until all records before this one are judged, whichever was read first: what is asked of records
     * together. At most one a record.
     */
    public void inOrder(Runnable check) {
        inOrder = check;
    }

    /** Makes the check that was left. */
    void settle() {
        if (inOrder != null) {
            inOrder.run();
        }
    }

    boolean isLookedAt(RecordCheck check) {
        return !passedOver.contains(check);
    }

    /** Whether it fails nothing. */
    public boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** The checks it failed, in order. */
    Set<RecordCheck> failed() {
        return reasons.keySet();
    }

    /** All that is wrong in the eyes of one check; told for the first few values. */
    String told(RecordCheck check) {
        List<String> all = List.copyOf(reasons.getOrDefault(check, Set.of()));
        String told = String.join("; ", all.subList(0, Math.min(TOLD, all.size())));
        return all.size() > TOLD ? told + "; and " + (all.size() - TOLD) + " more" : told;
    }
}
