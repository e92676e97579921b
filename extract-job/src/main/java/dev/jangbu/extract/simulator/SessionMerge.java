package dev.jangbu.extract.simulator;

import dev.jangbu.extract.landing.LandingWriter;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Writes the sessions' events in the order of time, as a shop's log has them. Holds only the sessions under way. */
final class SessionMerge {
    private final VisitPlan plan;
    private final Function<VisitPlan.Start, SessionLog> visit;
    private final PriorityQueue<SessionUnderWay> underWay =
            new PriorityQueue<>(Comparator.comparingInt((SessionUnderWay under) -> under.log.nextMillis())
                    .thenComparingInt(under -> under.index));

    SessionMerge(VisitPlan plan, Function<VisitPlan.Start, SessionLog> visit) {
        this.plan = plan;
        this.visit = visit;
    }

    void writeTo(LandingWriter landing) {
        for (int index = 0; index < plan.sessions(); index++) {
            writeBefore(plan.millis(index), landing);
            SessionLog log = visit.apply(plan.start(index));
            if (log.hasNext()) {
                underWay.add(new SessionUnderWay(log, index));
            }
        }
        writeBefore(Integer.MAX_VALUE, landing);
    }

    private void writeBefore(int millis, LandingWriter landing) {
        for (SessionUnderWay first = underWay.peek();
                first != null && first.log.nextMillis() < millis;
                first = underWay.peek()) {
            underWay.remove();
            first.log.writeNext(landing);
            if (first.log.hasNext()) {
                underWay.add(first);
            }
        }
    }

    private record SessionUnderWay(SessionLog log, int index) {}
}
