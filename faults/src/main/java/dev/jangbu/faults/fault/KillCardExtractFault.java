package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.CardWindow;
import dev.jangbu.faults.oracle.CardWindows;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reading of an acquirer's table, ended at random instants and then run to its end; what it landed, checked, loaded and
 * built. A first reading goes on behind the last part a killed one has brought to the disk; one of what changed is smaller
 * than a part and begins again.
 */
final class KillCardExtractFault implements Fault {
    private static final int SHORT_ROW = 2;
    private static final int LONG_ROW = 4;
    private static final int LONGEST_AFTER_MILLIS = 400;
    private static final long PAUSE_MILLIS = 5;
    private static final Pattern RESUMED = Pattern.compile("\"resumed\":(\\d+)");

    private final Cards cards;
    private final Strike strike = new Strike();

    KillCardExtractFault(Cards cards) {
        this.cards = cards;
    }

    @Override
    public String name() {
        return "kill-card-extract";
    }

    @Override
    public String numbers() {
        return "F01";
    }

    @Override
    public String what() {
        return "the reading of card sales, kill -9 up to four in a row (short: two), all of them and what changed; then one"
                + " to the end, the checks, the load and the marts";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 56;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        CardWindows windows = cards.windows(scene);
        int before = random.nextInt(2);
        CardWindow window = windows.window(before + 1);
        Site site = scene.cheap(windows.site());
        windows.restore(before);
        Path landing = window.folder(site.workspace(), "landing");
        strike.measure(scene, site, window.extract(), scene.yardstick().day().extract());
        Site.delete(landing);
        boolean isThere = false;
        int kills = 1 + random.nextInt(scene.isShort() ? SHORT_ROW : LONG_ROW);
        for (int kill = 0; kill < kills; kill++) {
            boolean isLong = before == 0 && !scene.isShort();
            boolean isAimed = isLong && random.nextBoolean();
            boolean hasEnded = isAimed
                    ? killBehindASavePoint(site, window, landing, random, outcome)
                    : strike.kill(site, window.extract(), "extract", random, outcome);
            boolean isAcknowledged = hasEnded || isThere;
            Optional<Published> found = Published.in(landing);
            outcome.require(found.isPresent() || !isAcknowledged, "extract: acknowledged work is gone");
            found.ifPresent(published -> published.faults().forEach(outcome::finding));
            isThere = found.isPresent();
        }
        boolean isToGoOn = savePoints(landing) > 0;
        Ended ended = site.run(window.extract());
        outcome.expect(ended, "extract after the kills", 0);
        boolean hasGoneOn = resumed(ended) > 0;
        outcome.require(hasGoneOn == isToGoOn, "extract: a save point was there " + isToGoOn + ", used " + hasGoneOn);
        outcome.count(hasGoneOn ? "went on behind a save point" : "began again", 1);
        outcome.require(savePoints(landing) == 0, "extract: a save point is left after the end");
        Published.in(landing).orElseThrow().faults().forEach(outcome::finding);
        windows.transform(window);
        windows.load(window);
        windows.build(window);
        windows.differences(before + 1).forEach(outcome::differs);
        Target.requireNothingRuns(site.sql(), outcome);
    }

    private static long resumed(Ended ended) {
        Matcher told = RESUMED.matcher(ended.lastLine());
        return told.find() ? Long.parseLong(told.group(1)) : 0;
    }

    /** Few instants of a reading lie behind its first save point: those are looked for. */
    private static boolean killBehindASavePoint(
            Site site, CardWindow window, Path landing, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        long before = savePoints(landing);
        try (Progress progress = Progress.of(site.sql(), window.extract())) {
            JobRun run = site.start(window.extract());
            while (run.isAlive() && savePoints(landing) <= before) {
                Thread.sleep(PAUSE_MILLIS);
            }
            if (run.endsWithin(random.nextInt(LONGEST_AFTER_MILLIS))) {
                Ended ended = run.await();
                outcome.expect(ended, "extract between kills", 0);
                outcome.count("ended before the kill", 1);
                return ended.exitCode() == 0;
            }
            run.kill();
            outcome.count("kills", 1);
            outcome.count("killed behind a save point, " + progress.place(), 1);
            return false;
        }
    }

    /** Of killed runs, and of one on its way. */
    private static long savePoints(Path landing) throws IOException {
        if (!Files.exists(landing)) {
            return 0;
        }
        try (Stream<Path> tree = Files.walk(landing)) {
            return tree.filter(file -> file.endsWith("resume.json")).count();
        } catch (UncheckedIOException changedMeanwhile) {
            return 0;
        }
    }

    @Override
    public void end() {
        cards.rest();
    }
}
