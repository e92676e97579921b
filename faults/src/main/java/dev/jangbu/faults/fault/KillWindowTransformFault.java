package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.oracle.ShopWindows;
import dev.jangbu.faults.oracle.Window;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;

/** The checks of a window of orders, ended at random instants and then run to their end; and what they published, loaded. */
final class KillWindowTransformFault implements Fault {
    private static final int WINDOW = 2;
    private static final int SHORT_ROW = 2;
    private static final int LONG_ROW = 6;

    private final Shop shop;
    private final Strike strike = new Strike();

    KillWindowTransformFault(Shop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "kill-window-transform";
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "the checks of a shop's orders, kill -9 up to six in a row (short: two); then one to the end, and the load";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 56;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        ShopWindows windows = shop.windows(scene);
        Window window = windows.window(WINDOW);
        Site site = scene.cheap(windows.site());
        strike.measure(scene, site, window.transform(), scene.yardstick().day().transform());
        windows.restore(WINDOW - 1);
        Path clean = window.clean(site.workspace());
        boolean isThere = random.nextBoolean();
        if (!isThere) {
            Site.delete(clean);
        }
        int kills = 1 + random.nextInt(scene.isShort() ? SHORT_ROW : LONG_ROW);
        for (int kill = 0; kill < kills; kill++) {
            boolean isAcknowledged = strike.kill(site, window.transform(), "transform", random, outcome) || isThere;
            Optional<Published> found = Published.in(clean);
            outcome.require(found.isPresent() || !isAcknowledged, "transform: acknowledged work is gone");
            isThere = found.isPresent();
            if (isThere) {
                compare(found.get(), windows, outcome);
            }
        }
        outcome.expect(site.run(window.transform()), "transform after the kills", 0);
        compare(Published.in(clean).orElseThrow(), windows, outcome);
        outcome.expect(site.run(window.load()), "load after the kills", 0);
        windows.differences(WINDOW).forEach(outcome::differs);
        Target.requireNothingRuns(site.sql(), outcome);
    }

    private static void compare(Published found, ShopWindows windows, Outcome outcome) throws IOException {
        found.faults().forEach(outcome::finding);
        outcome.differs("clean", found.compare(windows.clean()));
    }
}
