package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A day of ten million events in the jobs' usual heap: their memory does not grow with the day. The simulator has fewer users
 * than that takes, so the events of several seeds are one input.
 */
final class ManyEventsFault implements Fault {
    private static final String DS = "2026-01-22";
    private static final int USERS = 830_000;
    private static final List<Day> SHARES =
            List.of(new Day(DS, USERS, 7), new Day(DS, USERS, 8), new Day(DS, USERS, 9), new Day(DS, USERS, 10));
    private static final Day DAY = SHARES.get(0);
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
        return "10 million events in one day, each job in its usual heap: none lost, memory bounded";
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
        Path input = input(site);
        run(site, extract(input), outcome);
        run(site, DAY.transform(), outcome);
        run(site, DAY.load(), outcome);
        Site.delete(input);
        long lines = site.sql()
                .number("SELECT COALESCE(SUM(lines_read), 0) FROM ops.load_log WHERE business_date = '" + DAY.ds()
                        + "'");
        long clean = site.sql()
                .number("SELECT COALESCE(SUM(clean), 0) FROM ops.load_log WHERE business_date = '" + DAY.ds() + "'");
        long rows = site.sql().number("SELECT COUNT(*) FROM " + DAY.partition());
        outcome.require(lines >= LEAST_EVENTS, lines + " lines (expected: >= " + LEAST_EVENTS + ")");
        outcome.require(rows == clean && rows == lines, rows + " rows of " + lines + " lines, " + clean + " clean");
        outcome.count("rows", rows);
        OtherDays.forget(scene, List.of(DAY));
    }

    /** The landings of all shares in one folder; links, no copies. */
    private static Path input(Site site) throws IOException, InterruptedException {
        Path input = site.newFolder("many-events");
        for (Day share : SHARES) {
            site.must(share.extract());
            Published landing =
                    Published.in(share.folder(site.workspace(), "landing")).orElseThrow();
            for (Published.Part part : landing.parts()) {
                Files.createLink(input.resolve(share.seed() + "-" + part.file().getFileName()), part.file());
            }
        }
        return input;
    }

    private static List<String> extract(Path input) {
        return List.of("extract-job", "events", "--ds", DS, "--source", "files", "--input", input.toString());
    }

    private static void run(Site site, List<String> command, Outcome outcome) throws IOException, InterruptedException {
        String peak = command.get(0) + " peak, MB";
        JobRun run = site.start(command);
        while (!run.endsWithin(PAUSE_MILLIS)) {
            outcome.most(peak, run.peakMegabytes());
        }
        Ended ended = run.await();
        outcome.expect(ended, command.get(0) + " of 10 million events", 0);
        outcome.most(command.get(0) + " s", Math.round(ended.seconds()));
        long used = outcome.facts().getOrDefault(peak, 0L);
        outcome.require(used <= MOST_MEGABYTES, peak + ": " + used + " (expected: <= " + MOST_MEGABYTES + ")");
    }
}
