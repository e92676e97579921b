package dev.jangbu.extract.simulator;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides which events and sessions of one visit get a fault. Without a share of faults it draws nothing. */
final class FaultDraw {
    private static final Fault[] OF_EVENTS = {
        Fault.MISSING_FIELD,
        Fault.UNREADABLE_LINE,
        Fault.REPEATED_EVENT,
        Fault.WRONG_VALUE,
        Fault.WRONG_TIME,
        Fault.WRONG_AMOUNT,
        Fault.WRONG_PLATFORM
    };

    private final double share;
    private final SplittableRandom random;
    private final Planted planted;

    FaultDraw(double share, SplittableRandom random, Planted planted) {
        this.share = share;
        this.random = random;
        this.planted = planted;
    }

    /** For what the faults themselves need: ids, variants. */
    SplittableRandom random() {
        return random;
    }

    boolean breaksFunnel() {
        if (share == 0 || random.nextDouble() >= share) {
            return false;
        }
        planted.count(Fault.BROKEN_FUNNEL);
        return true;
    }

    /** The fault of the next event, or null; counted as planted. */
    @Nullable
    Fault ofEvent() {
        if (share == 0 || random.nextDouble() >= share) {
            return null;
        }
        Fault fault = OF_EVENTS[random.nextInt(OF_EVENTS.length)];
        planted.count(fault);
        return fault;
    }
}
