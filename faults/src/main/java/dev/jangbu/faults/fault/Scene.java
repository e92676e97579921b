package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Yardstick;
import dev.jangbu.faults.site.Site;

/** Where a fault plays: the installation, and the day that was not disturbed. */
public record Scene(Site site, Yardstick yardstick, Depth depth) {
    /**
     * The installation with JVMs that cost less to start: for rounds of which there are hundreds, and where nothing
     * depends on speed.
     */
    Site cheap() {
        return cheap(site);
    }

    /** The same of an installation with settings of its own. */
    Site cheap(Site of) {
        return isShort() ? of : of.with("JANGBU_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    }

    boolean isShort() {
        return depth == Depth.SHORT;
    }
}
