package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Yardstick;
import dev.jangbu.faults.site.Site;

/** Where a fault plays: the installation, and the day that was not disturbed. */
public record Scene(Site site, Yardstick yardstick, Depth depth) {
    boolean isShort() {
        return depth == Depth.SHORT;
    }
}
