package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Snapshot;
import dev.jangbu.faults.site.Site;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People read while a day is loaded and built again and again, turn by turn with two different contents: every read must
 * show one of the two in whole. Half the readers read twice in a REPEATABLE READ transaction and must see the same twice.
 */
final class ReadersFault implements Fault {
    private static final int READERS = 4;
    private static final long SHORT_GOAL = 300;
    /** People do not read without a breath, and the jobs need the machine too. */
    private static final long PAUSE_MILLIS = 5;

    @Override
    public String name() {
        return "readers";
    }

    @Override
    public String numbers() {
        return "F13";
    }

    @Override
    public String what() {
        return "readers at both isolation levels while a day changes between two contents: no empty, half or mixed day";
    }

    @Override
    public int rounds(Scene scene) {
        return 1;
    }

    /** What the readers share. */
    private record Reading(
            Sql sql, Map<String, Set<String>> allowed, long goal, AtomicLong reads, AtomicBoolean isOver) {}

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Site site = scene.site();
        Day one = scene.yardstick().day();
        Day other = new Day(one.ds(), one.users(), one.seed() + 1);
        site.must(other.extract());
        build(site, other);
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (String table : Snapshot.tables(site.sql())) {
            String there = Snapshot.checksum(site.sql(), table);
            allowed.put(table, Set.of(there, scene.yardstick().tables().checksum(table)));
        }
        long goal = scene.isShort() ? SHORT_GOAL : 10_000;
        Reading reading = new Reading(site.sql(), allowed, goal, new AtomicLong(), new AtomicBoolean());
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Outcome>> ends = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                boolean isRepeatable = reader % 2 == 1;
                Random own = new Random(random.nextLong());
                ends.add(readers.submit(() -> read(reading, isRepeatable, own)));
            }
            outcome.count("rebuilds", rebuild(site, one, other, reading));
            reading.isOver().set(true);
            for (Future<Outcome> end : ends) {
                outcome.add(end.get());
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a reader failed", failure.getCause());
        } finally {
            reading.isOver().set(true);
            readers.shutdownNow();
        }
        for (Target target : Target.all(scene.yardstick())) {
            target.compare(scene, outcome);
        }
    }

    /** Changes the day to and fro until enough was read; ends with the first content. */
    private static int rebuild(Site site, Day one, Day other, Reading reading)
            throws IOException, InterruptedException {
        int rebuilds = 0;
        do {
            for (Day next : reading.goal() > SHORT_GOAL ? List.of(one, other, one) : List.of(one)) {
                site.must(next.extract());
                build(site, next);
                rebuilds++;
            }
        } while (reading.reads().get() < reading.goal());
        return rebuilds;
    }

    private static void build(Site site, Day day) throws IOException, InterruptedException {
        site.must(day.transform());
        site.must(day.load());
        site.must(day.mart("all"));
    }

    private static Outcome read(Reading reading, boolean isRepeatable, Random random)
            throws SQLException, InterruptedException {
        Outcome outcome = new Outcome();
        List<String> tables = List.copyOf(reading.allowed().keySet());
        try (Connection connection = reading.sql().connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(
                    isRepeatable ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            while (!reading.isOver().get()) {
                String table = tables.get(random.nextInt(tables.size()));
                String first = checksum(statement, table);
                check(reading, table, first, outcome);
                if (isRepeatable) {
                    String second = checksum(statement, table);
                    check(reading, table, second, outcome);
                    outcome.require(second.equals(first), table + ": changed within one REPEATABLE READ transaction");
                }
                connection.rollback();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return outcome;
    }

    private static void check(Reading reading, String table, String found, Outcome outcome) {
        reading.reads().incrementAndGet();
        outcome.count("reads", 1);
        outcome.require(
                reading.allowed().getOrDefault(table, Set.of()).contains(found),
                table + ": a reader saw " + found + " (rows, sum), neither the old day nor the new");
    }

    private static String checksum(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery(Snapshot.checksumQuery(table))) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
