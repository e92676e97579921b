package dev.jangbu.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs each step and its yardstick in turn, several times, and compares them. */
final class Benchmark {
    /** Each mart and the column of its day. */
    private static final Map<String, String> MARTS = new TreeMap<>(Map.of(
            "mart_user_daily", "activity_date",
            "mart_funnel_daily", "funnel_date",
            "mart_product_daily", "activity_date",
            "mart_orders", "order_date"));

    private static final Pattern FIRST_STEP = Pattern.compile("(?m)^(\\S+) INFO +step=\\S+ state=started");

    private final Path project;
    private final Day day;
    private final JobProcess jobs;
    private final int runs;
    private final List<Double> starts = new ArrayList<>();

    Benchmark(Path project, Day day, int runs) {
        this.project = project;
        this.day = day;
        this.jobs = new JobProcess(project, day.workspace());
        this.runs = runs;
    }

    /** One timed try of a step. */
    @FunctionalInterface
    private interface Try {
        JobProcess.Ended run() throws IOException, InterruptedException, SQLException;
    }

    /** One timed try of a yardstick: its seconds. */
    @FunctionalInterface
    private interface Yardstick {
        double seconds() throws IOException, SQLException;
    }

    private record Pair(Measured ours, Measured yardstick) {}

    /** Makes the day once; a day that lies there from an earlier benchmark is taken again. */
    String extract(int users) throws IOException, InterruptedException {
        if (day.isExtracted()) {
            return "the day was there from an earlier run";
        }
        JobProcess.Ended ended = jobs.run(
                "extract-job",
                "events",
                "--ds",
                ds(),
                "--source",
                "simulator",
                "--users",
                String.valueOf(users),
                "--seed",
                "7");
        return "extract-job: %.2f s, peak %d MB".formatted(ended.seconds(), ended.peakMegabytes());
    }

    List<Comparison> run() throws IOException, InterruptedException, SQLException {
        Server server = Server.of(day.workspace());
        List<Comparison> table = new ArrayList<>();
        DuckDbChecks duckDb = new DuckDbChecks(day.landingFiles(), day.businessDate());
        Pair checks = pair(() -> jobs.run("transform-job", "events", "--ds", ds()), () -> timed(duckDb));
        table.add(Comparison.ratio("checks (transform-job; DuckDB in SQL)", checks.ours(), checks.yardstick(), 1.0));
        BareCopy copy = new BareCopy(server, day.cleanFiles());
        Pair load = pair(() -> firstLoad(server), copy::run);
        table.add(Comparison.ratio("first load (load-job; COPY + key)", load.ours(), load.yardstick(), 1.3));
        for (Map.Entry<String, String> mart : MARTS.entrySet()) {
            BareMart bare = new BareMart(server, project, mart.getKey(), mart.getValue());
            Pair pair = pair(() -> jobs.run(build(mart.getKey())), () -> bare.run(day.businessDate()));
            table.add(Comparison.plus(mart.getKey() + " (mart-job; bare SQL)", pair.ours(), pair.yardstick(), 1));
        }
        table.add(Comparison.atMost("whole chain (checks, load, 4 marts in one process)", chain(server), 12));
        table.add(Comparison.atMost("job start to first work", new Measured(starts, 0), 1));
        return table;
    }

    private Pair pair(Try ours, Yardstick yardstick) throws IOException, InterruptedException, SQLException {
        List<Double> oursSeconds = new ArrayList<>();
        List<Double> otherSeconds = new ArrayList<>();
        long peak = 0;
        for (int run = 0; run < runs; run++) {
            otherSeconds.add(yardstick.seconds());
            JobProcess.Ended ended = ours.run();
            noteStart(ended);
            oursSeconds.add(ended.seconds());
            peak = Math.max(peak, ended.peakMegabytes());
        }
        return new Pair(new Measured(oursSeconds, peak), new Measured(otherSeconds, 0));
    }

    private static double timed(DuckDbChecks duckDb) throws SQLException, IOException {
        long start = System.nanoTime();
        duckDb.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private JobProcess.Ended firstLoad(Server server) throws IOException, InterruptedException, SQLException {
        forget(server);
        return jobs.run("load-job", "events", "--ds", ds());
    }

    private Measured chain(Server server) throws IOException, InterruptedException, SQLException {
        List<Double> seconds = new ArrayList<>();
        long peak = 0;
        for (int run = 0; run < runs; run++) {
            forget(server);
            long start = System.nanoTime();
            jobs.run("transform-job", "events", "--ds", ds());
            jobs.run("load-job", "events", "--ds", ds());
            JobProcess.Ended marts = jobs.run("mart-job", "build", "--mart", "all", "--parallel", "2", "--ds", ds());
            peak = Math.max(peak, marts.peakMegabytes());
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return new Measured(seconds, peak);
    }

    /** Makes the next load a first one. */
    private void forget(Server server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS raw.raw_events_" + ds().replace("-", ""));
        }
    }

    private void noteStart(JobProcess.Ended ended) {
        Matcher step = FIRST_STEP.matcher(ended.output());
        if (step.find()) {
            OffsetDateTime work = OffsetDateTime.parse(step.group(1));
            starts.add(work.toInstant().toEpochMilli() / 1e3 - ended.startedEpochSeconds());
        }
    }

    private String[] build(String mart) {
        return new String[] {"mart-job", "build", "--mart", mart, "--ds", ds()};
    }

    private String ds() {
        LocalDate businessDate = day.businessDate();
        return businessDate.toString();
    }
}
