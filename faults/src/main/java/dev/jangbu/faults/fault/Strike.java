package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The instant at which a run is struck. Most of a short run is the start of its JVM, so an instant is drawn within one of
 * three parts: until the run holds its slice, until its first step, and, most often, from then to its end.
 */
final class Strike {
    private static final double BEYOND_THE_END = 1.1;

    private final Map<Target, Parts> measured = new HashMap<>();

    /** What the parts of a run that nothing disturbed took. */
    private record Parts(long untilLock, long untilStep, long untilEnd) {}

    /** To be asked before the run that is to be struck is started. */
    void measure(Scene scene, Target target) throws IOException, InterruptedException, SQLException {
        if (!measured.containsKey(target)) {
            measured.put(target, scene.isShort() ? guessed(scene, target) : parts(scene.cheap(), target));
        }
    }

    /** Spares a run where there are few rounds. */
    private static Parts guessed(Scene scene, Target target) {
        double whole = scene.yardstick().millis(target.command());
        return new Parts(Math.round(0.5 * whole), Math.round(0.3 * whole), Math.round(0.4 * whole));
    }

    /**
     * Waits for an instant of the run.
     *
     * @param stretch how much slower than alone it runs here
     * @return whether it was still alive then
     */
    boolean await(Target target, Progress progress, JobRun run, double stretch, Random random)
            throws SQLException, InterruptedException {
        Parts parts = measured.getOrDefault(target, new Parts(0, 0, 0));
        int part = random.nextInt(5);
        double share = random.nextDouble() * BEYOND_THE_END * stretch;
        if (part == 0) {
            return !run.endsWithin(Math.round(share * parts.untilLock()));
        }
        if (part == 1) {
            return progress.awaitLock(run) && !run.endsWithin(Math.round(share * parts.untilStep()));
        }
        return progress.awaitStep(run) && !run.endsWithin(Math.round(share * parts.untilEnd()));
    }

    /** Waits for a share of what the steps take. */
    void awaitWithinSteps(Target target, JobRun run, double share) throws InterruptedException {
        Parts parts = measured.getOrDefault(target, new Parts(0, 0, 0));
        run.endsWithin(Math.round(share * parts.untilEnd()));
    }

    private static Parts parts(Site site, Target target) throws IOException, InterruptedException, SQLException {
        try (Progress progress = Progress.of(site.sql(), target)) {
            long start = System.nanoTime();
            JobRun run = site.start(target.command());
            progress.awaitLock(run);
            long lock = System.nanoTime();
            progress.awaitStep(run);
            long step = System.nanoTime();
            if (run.await().exitCode() != 0) {
                throw new IllegalStateException(target.name() + ": failed without any disturbance");
            }
            return new Parts(millis(lock - start), millis(step - lock), millis(System.nanoTime() - step));
        }
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
