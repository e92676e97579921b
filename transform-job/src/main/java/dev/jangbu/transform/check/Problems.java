package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one record in the eyes of one check: counted once, told for the first few fields. */
final class Problems {
    private static final int TOLD = 5;

    private final List<String> reasons = new ArrayList<>();

    void add(String reason) {
        reasons.add(reason);
    }

    /** Adds {@code name: value (expected: wanted)}. */
    void add(String shown, String wanted) {
        add(shown + " (expected: " + wanted + ")");
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    Failure toFailure(Check check) {
        String told = String.join("; ", reasons.subList(0, Math.min(TOLD, reasons.size())));
        return new Failure(check, reasons.size() > TOLD ? told + "; and " + (reasons.size() - TOLD) + " more" : told);
    }
}
