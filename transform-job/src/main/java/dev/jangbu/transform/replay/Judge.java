package dev.jangbu.transform.replay;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.landing.LandingLine;
import dev.jangbu.transform.reject.RejectedLine;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says whether the rules put a line right: only a line that passes by itself is worth a correction. */
final class Judge {
    private final Contract contract;
    private final EventChecker checker;

    /**
     * @param text the corrected line; null unless it is worth one
     * @param told what happened, for people
     */
    record Judged(Fate fate, @Nullable String text, String told) {}

    Judge(Contract contract, EventChecker checker) {
        this.contract = contract;
        this.checker = checker;
    }

    /** @param readBefore what the last run read in the line's place */
    Judged judge(Fix fix, LandingLine line, RejectedLine rejected, byte[] readBefore) {
        if (!line.isWhole()) {
            return new Judged(Fate.TOO_LONG, null, rejected.rawBytes() + " bytes");
        }
        Set<Check> failed = failed(rejected);
        Optional<String> fixed = fix.apply(line.bytes(), failed);
        if (fixed.isEmpty()) {
            return new Judged(Fate.NO_RULE, null, rejected.checks().get(0).reason());
        }
        String text = fixed.get();
        CheckedLine checked = check(text.getBytes(StandardCharsets.UTF_8));
        if (!Verdict.of(contract, checked.failures(), checked.row() != null).isKept()) {
            return new Judged(Fate.STILL_FAILING, null, reasons(checked));
        }
        if (failed.contains(Check.UNIQUE_EVENT_ID)
                && Objects.equals(checked.eventId(), check(readBefore).eventId())) {
            return new Judged(Fate.REPEATED, null, "event_id of an earlier line; a repeat is not accepted");
        }
        return new Judged(Fate.CORRECTED, text, Difference.of(new String(line.bytes(), StandardCharsets.UTF_8), text));
    }

    private CheckedLine check(byte[] line) {
        return checker.check(line, 0, line.length);
    }

    private static Set<Check> failed(RejectedLine rejected) {
        Set<Check> failed = EnumSet.noneOf(Check.class);
        for (Check check : Check.ALL) {
            if (rejected.checks().stream().anyMatch(reason -> reason.check().equals(check.id()))) {
                failed.add(check);
            }
        }
        return failed;
    }

    private static String reasons(CheckedLine checked) {
        return checked.failures().stream().map(Failure::reason).collect(Collectors.joining("; "));
    }
}
