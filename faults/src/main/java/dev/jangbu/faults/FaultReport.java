package dev.jangbu.faults;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one fault.
 *
 * @param runs rounds that were run
 * @param slowest seconds of its longest round
 * @param verdict {@code holds}, {@code BROKEN}, or why it was not run
 * @param facts what was counted: kills, cuts, reads
 * @param findings what must not be, each with the command that runs its round again
 */
record FaultReport(
        String fault,
        String numbers,
        int runs,
        long lost,
        long doubled,
        double slowest,
        String verdict,
        Map<String, Long> facts,
        List<String> findings) {
    static final String HOLDS = "holds";
    static final String BROKEN = "BROKEN";

    FaultReport {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        findings = List.copyOf(findings);
    }

    static FaultReport notRun(String fault, String numbers, String why) {
        return new FaultReport(fault, numbers, 0, 0, 0, 0, "not run: " + why, Map.of(), List.of());
    }

    boolean isBroken() {
        return verdict.equals(BROKEN);
    }

    static String header() {
        return "| fault | of | runs | lost | doubled | slowest, s | verdict | counted |\n"
                + "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |";
    }

    String row() {
        String counted = String.join(
                ", ",
                facts.entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .toList());
        return "| %s | %s | %d | %d | %d | %.1f | %s | %s |"
                .formatted(fault, numbers, runs, lost, doubled, slowest, verdict, counted);
    }
}
