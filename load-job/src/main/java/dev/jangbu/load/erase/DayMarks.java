package dev.jangbu.load.erase;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The lines of a day's landing that go, by part, and the ids of events whose line was corrected. Of one thread. */
final class DayMarks {
    private final Map<String, Set<Long>> lines = new HashMap<>();
    private final Set<UUID> corrected = new HashSet<>();

    /** @param part the name without its packing */
    void add(String part, long line) {
        lines.computeIfAbsent(part, name -> new HashSet<>()).add(line);
    }

    Set<Long> of(String part) {
        return lines.getOrDefault(part, Set.of());
    }

    boolean has(String part, long line) {
        return of(part).contains(line);
    }

    /** A line that is read as corrected may have lost the id, and goes all the same. */
    void addCorrected(UUID eventId) {
        corrected.add(eventId);
    }

    Set<UUID> corrected() {
        return corrected;
    }
}
