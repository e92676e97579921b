package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Site;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Days of odd sizes and shapes: empty, one event, one user, and exactly at the threshold of the checks. */
final class VolumeFault implements Fault {
    private static final int QUALITY_FAILED = 10;
    private static final String DS = "2026-01-21";

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public String numbers() {
        return "F50-F52";
    }

    @Override
    public String what() {
        return "0 events, 1 event, all of one session, 99 % and one line less of a million (short: 10,000)";
    }

    @Override
    public int rounds(Scene scene) {
        return 1;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        int many = scene.isShort() ? 10_000 : 1_000_000;
        Site site = scene.site();
        Day day = new Day(DS, 0, 0);
        empty(site, day, outcome);
        if (!scene.isShort()) {
            one(site, day, 1, outcome);
        }
        one(site, day, many, outcome);
        threshold(site, day, many, many / 100, 0, outcome);
        threshold(site, day, many, many / 100 + 1, QUALITY_FAILED, outcome);
        OtherDays.forget(scene, List.of(day));
    }

    private static void empty(Site site, Day day, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        outcome.expect(extract(site, day, 0, 0), "extract of nothing", 0);
        outcome.expect(site.run(day.transform()), "transform of nothing", QUALITY_FAILED);
        List<String> allowed = new ArrayList<>(day.transform());
        allowed.add("--allow-empty");
        outcome.expect(site.run(allowed), "transform of nothing, allowed", 0);
        loaded(site, day, 0, outcome);
    }

    /** All of one user in one session. */
    private static void one(Site site, Day day, int lines, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        outcome.expect(extract(site, day, lines, 0), "extract of " + lines, 0);
        outcome.expect(site.run(day.transform()), "transform of " + lines + " events of one session", 0);
        loaded(site, day, lines, outcome);
    }

    private static void threshold(Site site, Day day, int lines, int bad, int verdict, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        outcome.expect(extract(site, day, lines, bad), "extract of " + lines, 0);
        outcome.expect(site.run(day.transform()), "transform with " + bad + " bad of " + lines, verdict);
    }

    private static void loaded(Site site, Day day, long rows, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        outcome.expect(site.run(day.load()), "load of " + rows, 0);
        outcome.expect(site.run(day.mart("all")), "marts of " + rows, 0);
        long found = site.sql().number("SELECT COUNT(*) FROM " + day.partition());
        outcome.require(found == rows, found + " rows (expected: " + rows + ")");
        outcome.count("rows", found);
        long perUser = site.sql()
                .number("SELECT COALESCE(SUM(page_view_count), 0) FROM mart.mart_user_daily WHERE activity_date = '"
                        + DS + "'");
        outcome.require(perUser == rows, perUser + " page views in mart_user_daily (expected: " + rows + ")");
    }

    private static Ended extract(Site site, Day day, int lines, int bad) throws IOException, InterruptedException {
        Path input = site.newFolder("volume").resolve("events.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(input)) {
            for (int line = 0; line < lines; line++) {
                String user = line < bad ? "" : "\"user_id\":\"U1\",";
                out.write(
                        "{\"event_id\":\"00000000-0000-4000-9000-%012x\",\"event_type\":\"page_view\",".formatted(line)
                                + user + "\"session_id\":\"S1\",\"timestamp\":\"" + DS + "T10:00:00+09:00\","
                                + "\"platform\":\"web\",\"device_type\":\"desktop\",\"page_url\":\"/\",\"page_type\":\"home\"}\n");
            }
        }
        Ended ended = site.run(
                List.of("extract-job", "events", "--ds", day.ds(), "--source", "files", "--input", input.toString()));
        Files.delete(input);
        return ended;
    }
}
