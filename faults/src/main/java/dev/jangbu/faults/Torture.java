package dev.jangbu.faults;

import dev.jangbu.faults.fault.Depth;
import dev.jangbu.faults.fault.Fault;
import dev.jangbu.faults.fault.Outcome;
import dev.jangbu.faults.fault.Scene;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Runs rounds of faults and tells of each as it goes. A round draws from a seed of its own, so it can be run alone. */
final class Torture {
    private final Scene scene;
    private final Plan plan;
    private final PrintStream out;
    private final SoFar soFar;
    private final long start = System.nanoTime();

    /**
     * How much is asked for.
     *
     * @param rounds of a fault, by its name; of each other one under {@link #EACH}; none for as many as the depth asks for
     * @param first number of the first round
     * @param minutes no round is begun after, and each fault gets its share; 0 for no end
     */
    record Plan(long seed, Map<String, Integer> rounds, int first, long minutes) {
        static final String EACH = "";

        Plan {
            rounds = Map.copyOf(rounds);
            if (first < 0 || minutes < 0) {
                throw new IllegalArgumentException("--first, --minutes: below 0 (expected: 0 or more)");
            }
        }

        /** @param whole what the depth asks for */
        int rounds(String fault, int whole) {
            return rounds.getOrDefault(fault, rounds.getOrDefault(EACH, whole));
        }
    }

    /** Hears after each round what has become of a fault so far. */
    @FunctionalInterface
    interface SoFar {
        void told(FaultReport report) throws IOException;
    }

    Torture(Scene scene, Plan plan, PrintStream out, SoFar soFar) {
        this.scene = scene;
        this.plan = plan;
        this.out = out;
        this.soFar = soFar;
    }

    /** @param after faults that are to come after it, and need time too */
    FaultReport run(Fault fault, int after) throws IOException, InterruptedException, SQLException {
        Optional<String> whyNot = fault.whyNot(scene);
        if (whyNot.isPresent()) {
            out.println(fault.name() + ": not run: " + whyNot.get());
            return FaultReport.notRun(fault.name(), fault.numbers(), whyNot.get());
        }
        try {
            return rounds(fault, after);
        } finally {
            fault.end();
        }
    }

    private FaultReport rounds(Fault fault, int after) throws IOException, InterruptedException, SQLException {
        Outcome all = new Outcome();
        List<String> findings = new ArrayList<>();
        int rounds = plan.rounds(fault.name(), fault.rounds(scene));
        int runs = 0;
        double slowest = 0;
        long deadline = deadline(after);
        while (runs < rounds && (deadline == 0 || System.nanoTime() - deadline < 0)) {
            int number = plan.first() + runs;
            long begin = System.nanoTime();
            Outcome outcome = round(fault, number);
            double seconds = (System.nanoTime() - begin) / 1e9;
            slowest = Math.max(slowest, seconds);
            runs++;
            all.add(outcome);
            if (!outcome.isClean()) {
                outcome.findings().forEach(finding -> findings.add(finding + again(fault, number)));
                repair();
            }
            tell(fault, runs, rounds, seconds, outcome);
            soFar.told(report(fault, runs, all, slowest, findings));
        }
        return runs == 0
                ? FaultReport.notRun(fault.name(), fault.numbers(), "the time was up")
                : report(fault, runs, all, slowest, findings);
    }

    private static FaultReport report(Fault fault, int runs, Outcome all, double slowest, List<String> findings) {
        return new FaultReport(
                fault.name(),
                fault.numbers(),
                runs,
                all.difference().lost(),
                all.difference().doubled(),
                slowest,
                all.isClean() ? FaultReport.HOLDS : FaultReport.BROKEN,
                all.facts(),
                findings);
    }

    /** On the clock of {@link System#nanoTime()}; 0 for none. */
    private long deadline(int after) {
        if (plan.minutes() == 0) {
            return 0;
        }
        long now = System.nanoTime();
        return now + (start + plan.minutes() * 60_000_000_000L - now) / (after + 1);
    }

    private Outcome round(Fault fault, int number) throws InterruptedException {
        Outcome outcome = new Outcome();
        Random random = new Random(Objects.hash(plan.seed(), fault.name(), number));
        try {
            fault.round(scene, number, random, outcome);
        } catch (IOException | SQLException | RuntimeException failure) {
            List<String> lines = String.valueOf(failure).lines().toList();
            String last = lines.size() == 1 ? "" : " … " + lines.get(lines.size() - 1);
            outcome.finding("the round could not be finished: " + lines.get(0) + last);
        }
        return outcome;
    }

    private String again(Fault fault, int number) {
        String depth = scene.depth() == Depth.SHORT ? " SHORT=1" : "";
        return " [make torture FAULT=" + fault.name() + " SEED=" + plan.seed() + " FIRST=" + number + " ROUNDS=1"
                + depth + "]";
    }

    private void tell(Fault fault, int run, int rounds, double seconds, Outcome outcome) {
        out.printf(
                "%s %d/%d %.1f s %s%n",
                fault.name(), run, rounds, seconds, outcome.isClean() ? outcome.facts() : "BROKEN");
        outcome.findings().forEach(finding -> out.println("    " + finding));
    }

    /** The next round begins with a whole day, whatever this one left. */
    private void repair() throws IOException, InterruptedException {
        if (scene.site().server().isOwn()) {
            scene.site().server().start();
        }
        for (List<String> command : scene.yardstick().day().chain()) {
            scene.site().run(command);
        }
    }
}
