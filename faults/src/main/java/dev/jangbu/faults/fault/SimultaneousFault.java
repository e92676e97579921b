package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many processes start the same job for the same date at once. The one that gets the lock is held back until all others
 * have ended, so that none can come after it.
 */
final class SimultaneousFault implements Fault {
    private static final int STARTS = 20;
    private static final int HELD = 12;
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long PAUSE_MILLIS = 50;
    private static final long MOST_MILLIS = 2_000;
    private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");

    @Override
    public String name() {
        return "simultaneous";
    }

    @Override
    public String numbers() {
        return "F10";
    }

    @Override
    public String what() {
        return "20 processes start one job and date at once: one works, 19 exit 12";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 10;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target target = all.get(scene.isShort() ? 2 : random.nextInt(all.size()));
        Holder holder = new Holder(target.command());
        long before = holder.token(scene.site().sql());
        List<JobRun> runs = new ArrayList<>();
        try (Connection gate = scene.site().sql().connect()) {
            gate.setAutoCommit(false);
            for (int start = 0; start < STARTS; start++) {
                runs.add(scene.site().start(target.command()));
            }
            outcome.require(holder.holdBack(gate, before, PATIENCE_MILLIS), target.name() + ": nobody got the lock");
            awaitLosers(runs);
            outcome.require(alive(runs) == 1, alive(runs) + " of 20 still at work (expected: 1)");
            late(scene, target, outcome);
            gate.rollback();
        }
        judge(runs, target, outcome);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    /** One more, alone on the machine, so that its time is its own. */
    private static void late(Scene scene, Target target, Outcome outcome) throws IOException, InterruptedException {
        Ended ended = scene.site().run(target.command());
        long millis = Math.round(ended.seconds() * 1_000);
        outcome.expect(ended, target.name() + " while held", HELD);
        outcome.most("a loser alone, ms", millis);
        outcome.require(
                scene.isShort() || millis <= MOST_MILLIS,
                target.name() + ": refused after " + millis + " ms (expected: <= 2000)");
    }

    private static void judge(List<JobRun> runs, Target target, Outcome outcome)
            throws IOException, InterruptedException {
        int winners = 0;
        for (JobRun run : runs) {
            Ended ended = run.await();
            outcome.expect(ended, target.name() + " at once", 0, HELD);
            if (ended.exitCode() == 0) {
                winners++;
            } else {
                outcome.most("a loser of 20 at once, ms", Math.round(ended.seconds() * 1_000));
                outcome.most("the same from its first line on, ms", millisOfRun(ended));
            }
        }
        outcome.count("starts", STARTS);
        outcome.count("winners", winners);
        outcome.require(winners == 1, winners + " of 20 worked (expected: 1)");
    }

    /** As its summary has it: without the start of its JVM. */
    private static long millisOfRun(Ended ended) {
        Matcher seconds = SECONDS.matcher(ended.lastLine());
        return seconds.find() ? Math.round(Double.parseDouble(seconds.group(1)) * 1_000) : 0;
    }

    private static void awaitLosers(List<JobRun> runs) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (alive(runs) > 1 && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static long alive(List<JobRun> runs) {
        return runs.stream().filter(JobRun::isAlive).count();
    }
}
