package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Difference;
import dev.jangbu.faults.site.Ended;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one or more rounds of a fault came to. Of one thread. */
public final class Outcome {
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> most = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private Difference difference = Difference.NONE;

    /** Rows that differ at a place such as a table; none is fine. */
    public void differs(String place, Difference found) {
        if (!found.isNone()) {
            difference = difference.plus(found);
            findings.add(place + ": " + found.lost() + " lost, " + found.doubled() + " doubled");
        }
    }

    /** Something that must not be, apart from rows. */
    public void finding(String text) {
        findings.add(text);
    }

    /** Adds to a count that is told in the end, such as {@code kills}. */
    public void count(String name, long by) {
        counts.merge(name, by, Long::sum);
    }

    /** A figure of which the greatest is told. */
    public void most(String name, long value) {
        most.merge(name, value, Math::max);
    }

    /** A process that must end with one of these exit codes; others are findings. */
    public void expect(Ended ended, String what, int... codes) {
        if (Arrays.stream(codes).noneMatch(code -> code == ended.exitCode())) {
            finding(what + ": exit " + ended.exitCode() + " (expected: " + Arrays.toString(codes) + "): "
                    + ended.lastLine());
        }
    }

    /** What must hold; else it is a finding. */
    public void require(boolean holds, String finding) {
        if (!holds) {
            finding(finding);
        }
    }

    public void add(Outcome other) {
        other.counts.forEach(this::count);
        other.most.forEach(this::most);
        findings.addAll(other.findings);
        difference = difference.plus(other.difference);
    }

    public boolean isClean() {
        return findings.isEmpty() && difference.isNone();
    }

    public Difference difference() {
        return difference;
    }

    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** The counts, and the greatest of each figure. */
    public Map<String, Long> facts() {
        Map<String, Long> facts = new TreeMap<>(counts);
        facts.putAll(most);
        return facts;
    }
}
