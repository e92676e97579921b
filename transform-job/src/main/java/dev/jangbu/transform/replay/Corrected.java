package dev.jangbu.transform.replay;

import dev.jangbu.transform.reject.RejectedLine;
import dev.jangbu.transform.reject.RejectedLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay came to, in figures, and which lines it was about. Of one thread. */
public final class Corrected {
    private static final int EXAMPLES = 3;

    final Places selected = new Places();
    final Places rejectedBefore = new Places();
    long inForce;
    long dropped;

    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<Fate, List<String>> examples = new EnumMap<>(Fate.class);

    /**
     * What became of the lines when the day was checked again.
     *
     * @param accepted selected lines that are clean now
     * @param newlyRejected lines that are rejected now and were not before
     */
    public record Outcome(long accepted, long stillRejected, long newlyRejected) {}

    Corrected() {}

    void count(Fate fate, String told) {
        fates.merge(fate, 1L, Long::sum);
        List<String> ofFate = examples.computeIfAbsent(fate, unused -> new ArrayList<>());
        if (ofFate.size() < EXAMPLES) {
            ofFate.add(told);
        }
    }

    /** Rejected lines that the filter let through. */
    public long selected() {
        return selected.count();
    }

    /** Of them, by what the rules made of them. */
    public long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** The first few lines of a fate. */
    public List<String> examples(Fate fate) {
        return List.copyOf(examples.getOrDefault(fate, List.of()));
    }

    /** Corrections of the day, earlier ones included. */
    public long inForce() {
        return inForce;
    }

    /** Earlier corrections whose line is another now. */
    public long dropped() {
        return dropped;
    }

    /** @param rejectsNow the rejects files of the run that checked the day with the corrections */
    public Outcome after(List<Path> rejectsNow) {
        long still = 0;
        long newly = 0;
        for (Path file : rejectsNow) {
            try (RejectedLines lines = new RejectedLines(file)) {
                for (@Nullable RejectedLine line = lines.next(); line != null; line = lines.next()) {
                    still += selected.contains(line.file(), line.line()) ? 1 : 0;
                    newly += rejectedBefore.contains(line.file(), line.line()) ? 0 : 1;
                }
            }
        }
        return new Outcome(selected() - still, still, newly);
    }
}
