package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The instant at which a run is struck. Most of a short run is the start of its JVM, so an instant is drawn within one of
 * three parts: until the run holds its slice, until its first step, and, most often, from then to its end.
 */
final class Strike {
    private static final double BEYOND_THE_END = 1.1;

    private final Map<List<String>, Parts> measured = new HashMap<>();

    /** What the parts of a run that nothing disturbed took. */
    private record Parts(long untilLock, long untilStep, long untilEnd) {
        /** A guess from the whole. */
        static Parts of(long millis) {
            return new Parts(millis * 5 / 10, millis * 3 / 10, millis * 4 / 10);
        }
    }

    /** To be asked before the run that is to be struck is started. */
    void measure(Scene scene, Target target) throws IOException, InterruptedException, SQLException {
        measure(scene, scene.cheap(), target.command(), target.command());
    }

    /**
     * Runs the command once, unless it was before; where there are few rounds it is taken to last as long as another.
     *
     * @param alike a command of the scene's day
     * @return whether it was run
     */
    boolean measure(Scene scene, Site site, List<String> command, List<String> alike)
            throws IOException, InterruptedException, SQLException {
        if (measured.containsKey(command)) {
            return false;
        }
        if (scene.isShort()) {
            measured.put(command, Parts.of(scene.yardstick().millis(alike)));
            return false;
        }
        measured.put(command, parts(site, command));
        return true;
    }

    /**
     * Waits for an instant of the run.
     *
     * @param stretch how much slower than alone it runs here
     * @return whether it was still alive then
     */
    boolean await(List<String> command, Progress progress, JobRun run, double stretch, Random random)
            throws SQLException, InterruptedException {
        Parts parts = measured.getOrDefault(command, new Parts(0, 0, 0));
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

    /**
     * Starts a command and ends it at an instant of its run.
     *
     * @param name of what is run, for findings
     * @return whether it ended by itself before, and well
     */
    boolean kill(Site site, List<String> command, String name, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        try (Progress progress = Progress.of(site.sql(), command)) {
            JobRun run = site.start(command);
            if (!await(command, progress, run, 1, random)) {
                Ended ended = run.await();
                outcome.expect(ended, name + " between kills", 0);
                outcome.count("ended before the kill", 1);
                return ended.exitCode() == 0;
            }
            run.kill();
            outcome.count("kills", 1);
            outcome.count("killed " + progress.place(), 1);
            return false;
        }
    }

    /** Waits for a share of what the steps take. */
    void awaitWithinSteps(Target target, JobRun run, double share) throws InterruptedException {
        Parts parts = measured.getOrDefault(target.command(), new Parts(0, 0, 0));
        run.endsWithin(Math.round(share * parts.untilEnd()));
    }

    private static Parts parts(Site site, List<String> command) throws IOException, InterruptedException, SQLException {
        try (Progress progress = Progress.of(site.sql(), command)) {
            long start = System.nanoTime();
            JobRun run = site.start(command);
            progress.awaitLock(run);
            long lock = System.nanoTime();
            progress.awaitStep(run);
            long step = System.nanoTime();
            if (run.await().exitCode() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": failed without any disturbance");
            }
            return new Parts(millis(lock - start), millis(step - lock), millis(System.nanoTime() - step));
        }
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
