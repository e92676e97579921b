package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.CardWindow;
import dev.jangbu.faults.oracle.CardWindows;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;

/** The checks of a window of card sales, ended at random instants and then run to their end; what they published, loaded. */
final class KillCardTransformFault implements Fault {
    private static final int SHORT_ROW = 2;
    private static final int LONG_ROW = 4;

    private final Cards cards;
    private final Strike strike = new Strike();

    KillCardTransformFault(Cards cards) {
        this.cards = cards;
    }

    @Override
    public String name() {
        return "kill-card-transform";
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "the checks of card sales, kill -9 up to four in a row (short: two), first and second window; then one to the"
                + " end, the load and the marts";
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
        Published undisturbed = windows.checked(window);
        strike.measure(scene, site, window.transform(), scene.yardstick().day().transform());
        windows.restore(before);
        Path clean = window.folder(site.workspace(), "clean");
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
                compare(found.get(), undisturbed, outcome);
            }
        }
        outcome.expect(site.run(window.transform()), "transform after the kills", 0);
        compare(Published.in(clean).orElseThrow(), undisturbed, outcome);
        windows.load(window);
        windows.build(window);
        windows.differences(before + 1).forEach(outcome::differs);
        Target.requireNothingRuns(site.sql(), outcome);
    }

    private static void compare(Published found, Published undisturbed, Outcome outcome) throws IOException {
        found.faults().forEach(outcome::finding);
        outcome.differs("clean", found.compare(undisturbed));
    }

    @Override
    public void end() {
        cards.rest();
    }
}
