package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;

/** PostgreSQL down when a job starts: waited for, then called unavailable; back in time, the job goes through. */
final class ServerAwayFault implements Fault {
    private static final int UNAVAILABLE = 11;
    private static final int SLACK_SECONDS = 15;
    private static final long AWAY_MILLIS = 1_500;

    @Override
    public String name() {
        return "server-away";
    }

    @Override
    public String numbers() {
        return "F06";
    }

    @Override
    public String what() {
        return "the server down at a job's start: exit 11 after the wait of 60 s (short: 3 s); up within it: exit 0";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 3;
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        return scene.site().server().isOwn() ? Optional.empty() : Optional.of("needs a server of its own");
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Day day = scene.yardstick().day();
        int wait = scene.isShort() ? 3 : 60;
        Site patient = scene.isShort() ? scene.site().with("JANGBU_DB_WAIT_SECONDS", "3") : scene.site();
        scene.site().server().crash();
        Ended ended = patient.run(day.load());
        outcome.expect(ended, "load with the server down", UNAVAILABLE);
        outcome.most("gave up after, ms", Math.round(ended.seconds() * 1_000));
        outcome.require(
                ended.seconds() >= wait && ended.seconds() < wait + SLACK_SECONDS,
                "load gave up after " + ended.seconds() + " s (expected: " + wait + " s)");
        JobRun early = scene.site().start(day.load());
        boolean hasEnded = early.endsWithin(AWAY_MILLIS);
        outcome.require(!hasEnded, "load did not wait for the server");
        scene.site().server().start();
        outcome.expect(early.await(), "load that waited for the server", 0);
        Target.load(day).compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }
}
