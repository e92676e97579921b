package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A machine whose clock is wrong, or slow: nothing that comes out depends on it. */
final class ClockFault implements Fault {
    private static final int HELD = 12;
    private static final List<String> CLOCKS =
            List.of("-1h", "+1h", "-1d", "+1d", "@2028-02-29 12:00:00", "@2026-12-31 14:59:58", "@1999-12-31 23:59:59");
    /** A clock that hardly moves: a wait measured on it lasts a hundred times as long. */
    private static final String SLOW = "+0 x0.01";

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib64/faketime/libfaketime.so.1"));

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String numbers() {
        return "F14";
    }

    @Override
    public String what() {
        return "hours, days and years off, leap day, over midnight, a clock that hardly moves: equal rows, 12 in time";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : CLOCKS.size();
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("needs libfaketime (package faketime), or its file in FAKETIME_LIBRARY");
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        String clock = scene.isShort() ? CLOCKS.get(random.nextInt(CLOCKS.size())) : CLOCKS.get(number % CLOCKS.size());
        Site site = at(scene.site(), clock);
        for (Target target : targets(scene, random)) {
            outcome.expect(site.run(target.command()), target.name() + " with the clock at " + clock, 0);
            target.compare(scene, outcome);
        }
        held(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    /** The library makes a process some ten times slower. */
    private static List<Target> targets(Scene scene, Random random) {
        List<Target> all = Target.all(scene.yardstick());
        return scene.isShort() ? List.of(all.get(random.nextInt(all.size()))) : all;
    }

    /** A job whose slice is held refuses in time by another measure than the clock on the wall. */
    private static void held(Scene scene, Outcome outcome) throws IOException, InterruptedException, SQLException {
        Target load = Target.load(scene.yardstick().day());
        try (Connection holder = scene.site().sql().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('jangbu:load-job/events/all/"
                    + scene.yardstick().day().ds() + "', 0))");
            Ended ended = at(scene.site(), SLOW).run(load.command());
            outcome.expect(ended, "load while held, on a slow clock", HELD);
            outcome.most("refused on a slow clock, ms", Math.round(ended.seconds() * 1_000));
            outcome.require(ended.seconds() < 30, "refused after " + ended.seconds() + " s on a slow clock");
        }
    }

    private static Site at(Site site, String clock) {
        return site.with("LD_PRELOAD", library().orElseThrow().toString())
                .with("FAKETIME", clock)
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("DONT_FAKE_MONOTONIC", "1");
    }

    private static Optional<Path> library() {
        String named = System.getenv().getOrDefault("FAKETIME_LIBRARY", "");
        return Stream.concat(Stream.of(named).filter(name -> !name.isBlank()).map(Path::of), PLACES.stream())
                .filter(Files::exists)
                .findFirst();
    }
}
