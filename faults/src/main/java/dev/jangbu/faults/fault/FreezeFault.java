package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** A process that freezes with the lock in its hand; another takes over; then the first wakes up and must not write. */
final class FreezeFault implements Fault {
    private static final int HELD = 12;
    private static final long PATIENCE_MILLIS = 60_000;
    /** A holder without a heartbeat for 30 s is frozen. */
    private static final long FROZEN_MILLIS = 31_000;

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public String numbers() {
        return "F12";
    }

    @Override
    public String what() {
        return "SIGSTOP with the lock held, taken over after 30 s (short: the heartbeat is aged instead), SIGCONT: 12";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 20;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target target = all.get(random.nextInt(all.size()));
        Holder holder = new Holder(target.command());
        long before = holder.token(scene.site().sql());
        JobRun frozen = scene.site().start(target.command());
        outcome.require(holder.isTaken(scene.site().sql(), before, PATIENCE_MILLIS), target.name() + ": no lock taken");
        long working = Math.round(scene.yardstick().millis(target.command()) * 0.4 * random.nextDouble());
        if (frozen.endsWithin(working)) {
            outcome.count("ended before the freeze", 1);
            outcome.expect(frozen.await(), target.name(), 0);
            return;
        }
        frozen.signal("STOP");
        try {
            takeOver(scene, target, holder, outcome);
        } finally {
            frozen.signal("CONT");
        }
        Ended woken = frozen.await();
        outcome.count("woken: exit " + woken.exitCode(), 1);
        outcome.expect(woken, target.name() + " woken", 0, HELD);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
        outcome.expect(scene.site().run(target.command()), target.name() + " after all", 0);
        target.compare(scene, outcome);
    }

    private static void takeOver(Scene scene, Target target, Holder holder, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        outcome.expect(scene.site().run(target.command()), target.name() + " while frozen, in time", 0, HELD);
        if (scene.isShort()) {
            holder.ageHeartbeat(scene.site().sql());
        } else {
            Thread.sleep(FROZEN_MILLIS);
        }
        outcome.expect(scene.site().run(target.command()), target.name() + " taking over", 0);
        outcome.count("takeovers", 1);
        target.compare(scene, outcome);
    }
}
