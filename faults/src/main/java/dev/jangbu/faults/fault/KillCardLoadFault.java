package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.CardWindow;
import dev.jangbu.faults.oracle.CardWindows;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Random;

/**
 * The load of a window of card sales, ended at random instants and then run to its end, and the marts after it. The first
 * window goes straight into an empty table, the second is merged.
 */
final class KillCardLoadFault implements Fault {
    private static final int SHORT_ROW = 2;
    private static final int LONG_ROW = 4;

    private final Cards cards;
    private final Strike strike = new Strike();

    KillCardLoadFault(Cards cards) {
        this.cards = cards;
    }

    @Override
    public String name() {
        return "kill-card-load";
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "the load of card sales, kill -9 up to four in a row (short: two), first and second window; then one to the"
                + " end, and the marts";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 56;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        CardWindows windows = cards.windows(scene);
        int before = random.nextInt(2);
        CardWindow window = windows.window(before + 1);
        Site site = scene.cheap(windows.site());
        windows.restore(before);
        if (strike.measure(scene, site, window.load(), scene.yardstick().day().load())) {
            windows.restore(before);
        }
        boolean isLoaded = false;
        int kills = 1 + random.nextInt(scene.isShort() ? SHORT_ROW : LONG_ROW);
        for (int kill = 0; kill < kills; kill++) {
            boolean isAcknowledged = strike.kill(site, window.load(), "load", random, outcome) || isLoaded;
            isLoaded = isLoaded(windows, before, isAcknowledged, outcome);
        }
        outcome.expect(site.run(window.load()), "load after the kills", 0);
        windows.build(window);
        windows.differences(before + 1).forEach(outcome::differs);
        Target.requireNothingRuns(site.sql(), outcome);
    }

    /** Whole or not at all: whether the tables are as after the window. Else they must be as before it. */
    private static boolean isLoaded(CardWindows windows, int before, boolean isAcknowledged, Outcome outcome)
            throws SQLException {
        if (isAcknowledged || !windows.loadDifferences(before).isEmpty()) {
            windows.loadDifferences(before + 1).forEach(outcome::differs);
            return true;
        }
        return false;
    }

    @Override
    public void end() {
        cards.rest();
    }
}
