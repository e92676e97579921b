package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Snapshot;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many days side by side, in any order, some of them twice: the rows are those of one day after the other. */
final class BackfillFault implements Fault {
    private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public String numbers() {
        return "F11 F16";
    }

    @Override
    public String what() {
        return "30 days, 10 at a time, in random order, every third one twice (short: 2 days): as in order";
    }

    @Override
    public int rounds(Scene scene) {
        return 1;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Site site = scene.site();
        List<Day> days = days(scene.isShort() ? 2 : 30);
        for (Day day : days) {
            for (List<String> command : day.chain()) {
                site.must(command);
            }
        }
        Snapshot serial = Snapshot.take(site.sql(), "serial");
        OtherDays.forget(scene, days);
        List<Day> order = new ArrayList<>(days);
        Collections.shuffle(order, random);
        outcome.add(allAtOnce(site, order, scene.isShort() ? 2 : 10));
        for (String table : Snapshot.tables(site.sql())) {
            outcome.differs(table, serial.compare(site.sql(), table));
        }
        outcome.count("days", days.size());
        Target.requireNothingRuns(site.sql(), outcome);
        OtherDays.forget(scene, days);
    }

    private static List<Day> days(int count) {
        return FIRST.datesUntil(FIRST.plusDays(count))
                .map(date -> new Day(date.toString(), 300, 7))
                .toList();
    }

    private static Outcome allAtOnce(Site site, List<Day> order, int atOnce) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Outcome>> ends = new ArrayList<>();
            for (int place = 0; place < order.size(); place++) {
                Day day = order.get(place);
                int times = place % 3 == 0 ? 2 : 1;
                ends.add(workers.submit(() -> run(site, day, times)));
            }
            Outcome all = new Outcome();
            for (Future<Outcome> end : ends) {
                all.add(end.get());
            }
            return all;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a day of the backfill failed", failure.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static Outcome run(Site site, Day day, int times) throws IOException, InterruptedException {
        Outcome outcome = new Outcome();
        for (int time = 0; time < times; time++) {
            for (List<String> command : day.chain()) {
                Ended ended = site.run(command);
                outcome.expect(ended, String.join(" ", command), 0);
                outcome.most("slowest job, ms", Math.round(ended.seconds() * 1_000));
            }
        }
        return outcome;
    }
}
