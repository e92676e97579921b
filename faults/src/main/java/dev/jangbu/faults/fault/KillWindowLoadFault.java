package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.ShopWindows;
import dev.jangbu.faults.oracle.Window;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Random;

/** The load of a window of orders, which merges by key, ended at random instants and then run to its end. */
final class KillWindowLoadFault implements Fault {
    private static final int SHORT_ROW = 2;
    private static final int LONG_ROW = 6;

    private final Shop shop;
    private final Strike strike = new Strike();

    KillWindowLoadFault(Shop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "kill-window-load";
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "the merge of a shop's orders, kill -9 up to six in a row (short: two), first and second window; then one to the end";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 56;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        ShopWindows windows = shop.windows(scene);
        int before = scene.isShort() ? 1 : random.nextInt(2);
        Window window = windows.window(before + 1);
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
        compare(windows, before + 1, outcome);
        Target.requireNothingRuns(site.sql(), outcome);
    }

    /** Whole or not at all: whether the tables are as after the window. Else they must be as before it. */
    private static boolean isLoaded(ShopWindows windows, int before, boolean isAcknowledged, Outcome outcome)
            throws SQLException {
        if (isAcknowledged || !windows.is(before)) {
            compare(windows, before + 1, outcome);
            return true;
        }
        return false;
    }

    private static void compare(ShopWindows windows, int state, Outcome outcome) throws SQLException {
        windows.differences(state).forEach(outcome::differs);
    }
}
