package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** PostgreSQL stopped {@code immediate}ly while jobs work, and started again at once. */
final class ServerCrashFault implements Fault {
    private static final int UNAVAILABLE = 11;
    /** Jobs side by side share the machine. */
    private static final double BESIDE_OTHERS = 2;

    private final String name;
    private final Function<Scene, List<Target>> targets;
    private final Strike strike = new Strike();

    /** @param targets of which a round starts all at once */
    ServerCrashFault(String name, Function<Scene, List<Target>> targets) {
        this.name = name;
        this.targets = targets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String numbers() {
        return "F05";
    }

    @Override
    public String what() {
        return "the server stopped `immediate` at a random instant and started again; failed jobs run again";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 55;
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        return scene.site().server().isOwn() ? Optional.empty() : Optional.of("needs a server of its own");
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = targets.apply(scene);
        boolean wasThere = random.nextBoolean();
        for (Target target : all) {
            strike.measure(scene, target);
            if (!wasThere) {
                target.wipe(scene);
            }
        }
        List<JobRun> runs = start(scene, all, random, outcome);
        scene.site().server().crash();
        scene.site().server().start();
        outcome.count("crashes", 1);
        for (int at = 0; at < all.size(); at++) {
            check(scene, all.get(at), runs.get(at).await(), wasThere, outcome);
        }
        for (Target target : all) {
            target.compare(scene, outcome);
        }
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    /** Starts all of them and returns at an instant of one of them. */
    private List<JobRun> start(Scene scene, List<Target> all, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        int chosen = random.nextInt(all.size());
        List<JobRun> runs = new ArrayList<>();
        try (Progress progress = Progress.of(scene.site().sql(), all.get(chosen).command())) {
            for (Target target : all) {
                runs.add(scene.cheap().start(target.command()));
            }
            strike.await(
                    all.get(chosen).command(), progress, runs.get(chosen), all.size() == 1 ? 1 : BESIDE_OTHERS, random);
            boolean isWorking = runs.stream().anyMatch(JobRun::isAlive);
            outcome.count(isWorking ? "hit " + progress.place() : "hit when all had ended", 1);
            outcome.count("hit while a job worked", isWorking ? 1 : 0);
        }
        return runs;
    }

    /** What ended well must be there without another run; what did not, after one. */
    private static void check(Scene scene, Target target, Ended ended, boolean wasThere, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        boolean isThere = target.isThere(scene, outcome);
        boolean isAcknowledged = wasThere || ended.exitCode() == 0;
        outcome.require(isThere || !isAcknowledged, target.name() + ": acknowledged work is gone");
        outcome.expect(ended, target.name() + " when the server went away", 0, UNAVAILABLE);
        outcome.count("exit " + ended.exitCode(), 1);
        outcome.expect(scene.cheap().run(target.command()), target.name() + " after the crash", 0);
    }
}
