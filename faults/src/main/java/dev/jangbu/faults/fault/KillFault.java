package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A job ended at random instants, several times in a row, and then run to its end. */
final class KillFault implements Fault {
    private static final int SHORT_ROW = 4;
    private static final int LONG_ROW = 8;
    private static final double BEYOND_THE_END = 1.05;
    /** Instants in the second part of the run, where it writes, are drawn as often as in the whole of it. */
    private static final double WORKING_PART = 0.4;

    private final String name;
    private final Function<Scene, List<Target>> targets;
    private final Strike strike = new Strike();

    /** @param targets of which a round takes one */
    KillFault(String name, Function<Scene, List<Target>> targets) {
        this.name = name;
        this.targets = targets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "kill -9 at random instants, up to eight in a row (short: four), first and repeated runs; then one to the end";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 56;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = targets.apply(scene);
        Target target = all.get(random.nextInt(all.size()));
        strike.measure(scene, target);
        boolean wasThere = random.nextBoolean();
        if (!wasThere) {
            target.wipe(scene);
        }
        int kills = 1 + random.nextInt(scene.isShort() ? SHORT_ROW : LONG_ROW);
        for (int kill = 0; kill < kills; kill++) {
            long ledger = ledger(scene.site());
            boolean isAcknowledged = strike.kill(scene.cheap(), target.command(), target.name(), random, outcome)
                    || ledger(scene.site()) > ledger;
            boolean isThere = target.isThere(scene, outcome);
            outcome.require(isThere || !(wasThere || isAcknowledged), target.name() + ": acknowledged work is gone");
            wasThere = isThere;
        }
        Ended ended = scene.cheap().run(target.command());
        outcome.expect(ended, target.name() + " after the kills", 0);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    static long instant(long millis, Random random) {
        double from = random.nextBoolean() ? 0 : WORKING_PART;
        return Math.round((from + random.nextDouble() * (BEYOND_THE_END - from)) * millis);
    }

    private static long ledger(Site site) throws SQLException {
        return site.sql().number("SELECT COUNT(*) FROM ops.load_log");
    }
}
