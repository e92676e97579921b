package dev.jangbu.transform.replay;

import dev.jangbu.transform.fix.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay did, for the run's summary and for people. */
public final class ReplayStory {
    private final ReplayOptions options;
    private final Corrected corrected;

    public ReplayStory(ReplayOptions options, Corrected corrected) {
        this.options = options;
        this.corrected = corrected;
    }

    /** The figures. */
    public Map<String, Object> facts(Corrected.Outcome outcome) {
        Map<String, Object> facts = new LinkedHashMap<>();
        @Nullable Fix fix = options.fix();
        facts.put("filter", options.filter());
        facts.put("mapping", fix == null ? "none" : fix.name());
        facts.put("selected", corrected.selected());
        for (Fate fate : Fate.values()) {
            if (fate == Fate.CORRECTED || corrected.count(fate) > 0) {
                facts.put(fate.id(), corrected.count(fate));
            }
        }
        facts.put("accepted", outcome.accepted());
        facts.put("still_rejected", outcome.stillRejected());
        facts.put("newly_rejected", outcome.newlyRejected());
        facts.put("in_force", corrected.inForce());
        facts.put("dropped", corrected.dropped());
        return facts;
    }

    /** One line for people. */
    public String told(Corrected.Outcome outcome) {
        if (options.discard()) {
            return "all corrections of the day taken back; checked again as the landing has it"
                    + also("lines rejected that were not before", outcome.newlyRejected());
        }
        if (corrected.selected() == 0) {
            return "no rejected line is selected, so nothing was corrected anew; checked again with "
                    + number(corrected.inForce()) + " corrections in force" + others(outcome);
        }
        String begun = options.fix() == null
                ? "no mapping, so nothing was corrected and the day was only checked again"
                : number(corrected.count(Fate.CORRECTED)) + " of " + number(corrected.selected())
                        + " selected lines put right" + notCorrected();
        return begun + "; " + number(outcome.accepted()) + " of " + number(corrected.selected())
                + " are clean now, " + number(outcome.stillRejected()) + " still rejected"
                + others(outcome);
    }

    private String others(Corrected.Outcome outcome) {
        return also("lines rejected that were not before", outcome.newlyRejected())
                + also("earlier corrections dropped, their lines are others now", corrected.dropped());
    }

    /** What would happen, with the first few lines of each kind. */
    public List<String> preview() {
        List<String> lines = new ArrayList<>();
        @Nullable Fix fix = options.fix();
        if (options.discard()) {
            lines.add("would take back all corrections of the day and check it as the landing has it; nothing done");
            return lines;
        }
        if (fix == null) {
            lines.add("would check the day again, with " + number(corrected.inForce())
                    + " earlier corrections and no new ones (no --mapping); " + number(corrected.selected())
                    + " rejected lines are selected; nothing done");
            return lines;
        }
        lines.add("would put " + number(corrected.count(Fate.CORRECTED)) + " of " + number(corrected.selected())
                + " selected lines right by " + fix.name() + notCorrected() + "; nothing done");
        for (Fate fate : Fate.values()) {
            corrected.examples(fate).forEach(example -> lines.add("  " + fate.meaning() + ": " + example));
        }
        return lines;
    }

    private String notCorrected() {
        StringBuilder told = new StringBuilder();
        for (Fate fate : Fate.values()) {
            if (fate != Fate.CORRECTED && corrected.count(fate) > 0) {
                told.append(told.isEmpty() ? " (" : ", ")
                        .append(number(corrected.count(fate)))
                        .append(": ")
                        .append(fate.meaning());
            }
        }
        return told.isEmpty() ? "" : told.append(')').toString();
    }

    private static String also(String what, long count) {
        return count == 0 ? "" : "; " + number(count) + " " + what;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
