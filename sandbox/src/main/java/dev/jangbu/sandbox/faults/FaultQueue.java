package dev.jangbu.sandbox.faults;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** At most 1,000 faults that wait for their calls. Thread-safe. */
public final class FaultQueue {
    private static final int LIMIT = 1_000;

    private final List<Waiting> waiting = new ArrayList<>();

    public synchronized void add(PlannedFault planned) {
        if (waiting.size() >= LIMIT) {
            throw new IllegalArgumentException("faults: " + (LIMIT + 1) + " (expected: at most " + LIMIT + " waiting)");
        }
        waiting.add(new Waiting(planned));
    }

    public synchronized void clear() {
        waiting.clear();
    }

    /** What still waits, with the strikes left. */
    public synchronized List<PlannedFault> waiting() {
        return waiting.stream().map(Waiting::rest).toList();
    }

    /** The faults that strike this call; each is used up by one. */
    public synchronized Directives take(String channel, String account, String path, Predicate<FaultKind> isPossible) {
        List<Fault> struck = new ArrayList<>();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (next.planned.matches(channel, account, path)
                    && isPossible.test(next.planned.fault().kind())) {
                next.meet(struck);
                if (next.times == 0) {
                    each.remove();
                }
            }
        }
        return Directives.of(struck);
    }

    private static final class Waiting {
        private final PlannedFault planned;
        private int times;
        private int after;

        Waiting(PlannedFault planned) {
            this.planned = planned;
            times = planned.times();
            after = planned.after();
        }

        void meet(List<Fault> struck) {
            if (after > 0) {
                after--;
            } else {
                times--;
                struck.add(planned.fault());
            }
        }

        PlannedFault rest() {
            return new PlannedFault(
                    planned.fault(), planned.channel(), planned.path(), planned.account(), times, after);
        }
    }
}
