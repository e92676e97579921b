package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A day of ten million events in the jobs' usual heap: memory does not grow with the day. */
final class ManyEventsFault implements Fault {
    private static final Day DAY = new Day("2026-01-22", 2_400_000, 7);
    private static final long LEAST_EVENTS = 10_000_000;
    /** A container's limit for a job is 1 GiB; each job stays below this. */
    private static final long MOST_MEGABYTES = 768;

    private static final long PAUSE_MILLIS = 50;

    @Override
    public String name() {
        return "many-events";
    }

    @Override
    public String numbers() {
        return "F50";
    }

    @Override
    public String what() {
        return "10 million events in one day, extracted, checked and loaded in the usual heap: none lost, memory bounded";
    }

    @Override
    public int rounds(Scene scene) {
        return 1;
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        return scene.isShort() ? Optional.of("of the long form: 15 GB of disk, minutes") : Optional.empty();
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Site site = scene.site();
        for (List<String> command : List.of(DAY.extract(), DAY.transform(), DAY.load())) {
            JobRun run = site.start(command);
            while (!run.endsWithin(PAUSE_MILLIS)) {
                outcome.most(command.get(0) + " peak, MB", run.peakMegabytes());
            }
            Ended ended = run.await();
            outcome.expect(ended, command.get(0) + " of 10 million events", 0);
            outcome.most(command.get(0) + " s", Math.round(ended.seconds()));
        }
        for (String fact : outcome.facts().keySet()) {
            long value = outcome.facts().getOrDefault(fact, 0L);
            outcome.require(
                    !fact.endsWith("peak, MB") || value <= MOST_MEGABYTES,
                    fact + ": " + value + " (expected: <= " + MOST_MEGABYTES + ")");
        }
        long lines =
                site.sql().number("SELECT SUM(lines_read) FROM ops.load_log WHERE business_date = '" + DAY.ds() + "'");
        long clean = site.sql().number("SELECT SUM(clean) FROM ops.load_log WHERE business_date = '" + DAY.ds() + "'");
        long rows = site.sql().number("SELECT COUNT(*) FROM " + DAY.partition());
        outcome.require(rows >= LEAST_EVENTS, rows + " rows (expected: >= " + LEAST_EVENTS + ")");
        outcome.require(rows == clean && rows == lines, rows + " rows of " + lines + " lines, " + clean + " clean");
        outcome.count("rows", rows);
        OtherDays.forget(scene, List.of(DAY));
    }
}
