package dev.jangbu.extract.simulator;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.Map;

/**
 * The simulated shop. Its bytes depend on the three settings and the business date alone.
 *
 * @param users 1 to 999,999: a user id has six digits
 * @param seed 0 or more: it ends each order id
 * @param defects the share of events, and for the funnel of sessions, that get a planted fault
 */
public record SimulatorSource(int users, long seed, double defects) implements EventSource {
    static final String NAME = "simulator";

    /** The side file with the exact counts of what was planted. */
    public static final String DEFECTS_FILE = "defects.json";

    private static final int MOST_USERS = 999_999;

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting is out of range */
    public SimulatorSource {
        require(users >= 1 && users <= MOST_USERS, "--users: " + users + " (expected: 1.." + MOST_USERS + ")");
        require(seed >= 0, "--seed: " + seed + " (expected: 0 or more)");
        require(defects >= 0 && defects <= 1, "--defects: " + defects + " (expected: 0..1)");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String profile() {
        return "default";
    }

    @Override
    public String plan() {
        return NAME + " users=" + users + " seed=" + seed + " defects=" + defects;
    }

    @Override
    public Map<String, Long> extract(Window window, LandingWriter landing) {
        Seeds seeds = new Seeds(seed, window.businessDate());
        VisitPlan plan = VisitPlan.of(seeds, users, window);
        Planted planted = new Planted();
        DayNames names = DayNames.of(window, seed);
        new SessionMerge(plan, start -> visit(seeds, names, start, planted)).writeTo(landing);
        if (defects > 0) {
            landing.sideFile(DEFECTS_FILE, planted.report(this, window.businessDate()));
        }
        return Map.of("sessions", (long) plan.sessions());
    }

    private SessionLog visit(Seeds seeds, DayNames names, VisitPlan.Start start, Planted planted) {
        FaultDraw faults = new FaultDraw(defects, seeds.faults(start.user(), start.session()), planted);
        return new Visit(seeds, names, start, faults).play();
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new JobFailure(ExitCode.USAGE, message);
        }
    }
}
