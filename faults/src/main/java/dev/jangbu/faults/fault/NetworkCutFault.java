package dev.jangbu.faults.fault;

import dev.jangbu.faults.proxy.Cut;
import dev.jangbu.faults.proxy.CuttingProxy;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Resident;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The network to PostgreSQL fails at a job's n-th request, before the server hears of it or before the job hears the
 * reply, for each n until a run passes untouched.
 */
final class NetworkCutFault implements Fault {
    private static final int UNAVAILABLE = 11;
    /** A run may ask a little more than the one that was counted: heartbeats. */
    private static final int MARGIN = 2;
    /** A prime, larger than the number of places. */
    private static final long STRIDE = 7_919;

    /** The other rounds of the long form run in one JVM: the same job, spared its start. */
    private static final int IN_A_PROCESS_EVERY = 20;

    private final String name;
    private final int target;
    private final boolean onlyCommits;
    private OptionalLong requests = OptionalLong.empty();
    private @Nullable Sweep sweep;

    /** A JVM that asks through a proxy. */
    private record Sweep(CuttingProxy proxy, Resident resident) {
        Ended run(Cut cut, List<String> command) throws IOException, InterruptedException {
            proxy.arm(cut);
            return resident.run(command);
        }
    }

    /**
     * @param target which job, in running order
     * @param onlyCommits only replies to COMMIT are lost: the server has it, the job cannot know
     */
    NetworkCutFault(String name, int target, boolean onlyCommits) {
        this.name = name;
        this.target = target;
        this.onlyCommits = onlyCommits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String numbers() {
        return onlyCommits ? "F03" : "F02";
    }

    @Override
    public String what() {
        return onlyCommits
                ? "the reply to each COMMIT in turn is lost: done, and the job cannot know"
                : "the network fails at the n-th request, before it or before its reply, for each n";
    }

    @Override
    public int rounds(Scene scene) throws IOException, InterruptedException {
        if (scene.isShort()) {
            return 1;
        }
        return Math.toIntExact(places(scene));
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Target job = target(scene);
        boolean wasThere = random.nextBoolean();
        if (!wasThere) {
            job.wipe(scene);
        }
        Cut cut = cut(scene, number, random);
        outcome.most("requests of a run", requests(scene));
        boolean isProcess = !isSweep(scene) || number % IN_A_PROCESS_EVERY == 0;
        Ended ended = isProcess ? through(scene, job, cut, outcome) : swept(scene, job, cut, outcome);
        boolean isThere = job.isThere(scene, outcome);
        outcome.require(
                isThere || !(wasThere || ended.exitCode() == 0), job.name() + ": acknowledged work is gone, " + cut);
        outcome.expect(ended, job.name() + " with " + cut, 0, UNAVAILABLE);
        outcome.count("exit " + ended.exitCode(), 1);
        outcome.count("in a process of its own", isProcess ? 1 : 0);
        Ended again = isProcess ? scene.site().run(job.command()) : sweep(scene).run(Cut.NONE, job.command());
        outcome.expect(again, job.name() + " after " + cut, 0);
        job.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    @Override
    public void end() throws IOException {
        if (sweep != null) {
            sweep.resident().close();
            sweep.proxy().close();
            sweep = null;
        }
    }

    private Ended through(Scene scene, Target job, Cut cut, Outcome outcome) throws IOException, InterruptedException {
        try (CuttingProxy proxy = CuttingProxy.before(scene.site().server().url(), cut)) {
            Ended ended = scene.site().with("JANGBU_DB_URL", proxy.url()).run(job.command());
            outcome.count("cuts", proxy.hasCut() ? 1 : 0);
            return ended;
        }
    }

    private Ended swept(Scene scene, Target job, Cut cut, Outcome outcome) throws IOException, InterruptedException {
        Sweep here = sweep(scene);
        Ended ended = here.run(cut, job.command());
        outcome.count("cuts", here.proxy().hasCut() ? 1 : 0);
        return ended;
    }

    private boolean isSweep(Scene scene) {
        return !scene.isShort()
                && scene.site().canReside(target(scene).command().get(0));
    }

    private Sweep sweep(Scene scene) throws IOException {
        if (sweep != null && !sweep.resident().isAlive()) {
            end();
        }
        if (sweep == null) {
            CuttingProxy proxy = CuttingProxy.before(scene.site().server().url(), Cut.NONE);
            Resident resident = scene.site()
                    .with("JANGBU_DB_URL", proxy.url())
                    .reside(target(scene).command().get(0));
            sweep = new Sweep(proxy, resident);
        }
        return sweep;
    }

    /** Each place once in as many rounds as there are, strewn, so that fewer rounds are a sample of all. */
    private Cut cut(Scene scene, int number, Random random) throws IOException, InterruptedException {
        boolean isWhole = random.nextBoolean();
        long place = scene.isShort() ? random.nextLong(places(scene)) : number * STRIDE % places(scene);
        if (onlyCommits) {
            return new Cut(place + 1, Cut.Moment.BEFORE_REPLY, true, isWhole);
        }
        return new Cut(
                place / 2 + 1, place % 2 == 0 ? Cut.Moment.BEFORE_REQUEST : Cut.Moment.BEFORE_REPLY, false, isWhole);
    }

    private long places(Scene scene) throws IOException, InterruptedException {
        return onlyCommits ? requests(scene) : 2 * (requests(scene) + MARGIN);
    }

    /** Of a run nothing cuts, of a job whose work is already there. */
    private long requests(Scene scene) throws IOException, InterruptedException {
        if (requests.isPresent()) {
            return requests.getAsLong();
        }
        Cut never = new Cut(Long.MAX_VALUE, Cut.Moment.BEFORE_REPLY, onlyCommits, true);
        try (CuttingProxy proxy = CuttingProxy.before(scene.site().server().url(), never)) {
            scene.site().with("JANGBU_DB_URL", proxy.url()).must(target(scene).command());
            requests = OptionalLong.of(proxy.counted());
            return proxy.counted();
        }
    }

    private Target target(Scene scene) {
        List<Target> all = Target.all(scene.yardstick());
        return all.get(Math.min(target, all.size() - 1));
    }
}
