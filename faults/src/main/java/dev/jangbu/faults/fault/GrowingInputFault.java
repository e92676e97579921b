package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** An input file that another program is still writing while it is extracted: what was landed is its beginning. */
final class GrowingInputFault implements Fault {
    private static final int PIECE_BYTES = 997;

    @Override
    public String name() {
        return "growing-input";
    }

    @Override
    public String numbers() {
        return "F20";
    }

    @Override
    public String what() {
        return "the input file grows while it is read: the landing is a beginning of it, its sums hold";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 10;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Site site = scene.site();
        Day other = new Day("2026-01-16", 300, 7);
        site.must(other.extract());
        byte[] all =
                bytes(Published.in(other.folder(site.workspace(), "landing")).orElseThrow());
        Path input = site.newFolder("growing").resolve("events.jsonl");
        int begun = random.nextInt(all.length / 2);
        Files.write(input, Arrays.copyOf(all, begun));
        JobRun extract = site.start(
                List.of("extract-job", "events", "--ds", other.ds(), "--source", "files", "--input", input.toString()));
        try (OutputStream growing = Files.newOutputStream(input, StandardOpenOption.APPEND)) {
            for (int at = begun; at < all.length; at += PIECE_BYTES) {
                growing.write(all, at, Math.min(PIECE_BYTES, all.length - at));
                if (extract.isAlive()) {
                    Thread.sleep(5);
                }
            }
        }
        outcome.expect(extract.await(), "extract of a growing file", 0);
        Published landing =
                Published.in(other.folder(site.workspace(), "landing")).orElseThrow();
        landing.faults().forEach(outcome::finding);
        byte[] landed = bytes(landing);
        outcome.require(
                landed.length >= begun && Arrays.equals(landed, Arrays.copyOf(all, landed.length)),
                "the landing is not the beginning of the file");
        check(site, other, landed, outcome);
        OtherDays.forget(scene, List.of(other));
    }

    /** A last line cut in two is refused, every whole one is loaded. */
    private static void check(Site site, Day day, byte[] landed, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Ended checked = site.run(day.transform());
        outcome.expect(checked, "transform of a growing file", 0);
        outcome.expect(site.run(day.load()), "load of a growing file", 0);
        long whole = 0;
        for (byte each : landed) {
            whole += each == '\n' ? 1 : 0;
        }
        long loaded = site.sql().number("SELECT COUNT(*) FROM " + day.partition());
        outcome.require(loaded == whole, loaded + " rows of a growing file (expected: " + whole + " whole lines)");
        outcome.count("lines", whole);
    }

    private static byte[] bytes(Published published) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Published.Part part : published.parts()) {
            bytes.writeBytes(Files.readAllBytes(part.file()));
        }
        return bytes.toByteArray();
    }
}
