package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** A job asked to stop, as {@code docker stop} and an orchestrator's «mark failed» do. */
final class StopFault implements Fault {
    private static final int STOPPED = 143;
    private static final long MOST_MILLIS = 8_000;

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String numbers() {
        return "F04";
    }

    @Override
    public String what() {
        return "SIGTERM at a random instant; gone within 8 s, called stopped, and the next run goes through";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 60;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target target = all.get(random.nextInt(all.size()));
        JobRun run = scene.site().start(target.command());
        if (!run.endsWithin(KillFault.instant(scene.yardstick().millis(target.command()), random))) {
            long asked = System.nanoTime();
            run.signal("TERM");
            outcome.count("stops", 1);
            Ended ended = run.await();
            long millis = (System.nanoTime() - asked) / 1_000_000;
            outcome.most("slowest stop, ms", millis);
            outcome.require(millis < MOST_MILLIS, target.name() + ": " + millis + " ms to stop (expected: < 8000)");
            outcome.expect(ended, target.name() + " asked to stop", 0, STOPPED);
        }
        target.isThere(scene, outcome);
        outcome.expect(scene.site().run(target.command()), target.name() + " after the stop", 0);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }
}
