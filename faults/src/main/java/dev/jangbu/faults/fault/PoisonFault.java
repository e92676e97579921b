package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Difference;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.oracle.Snapshot;
import dev.jangbu.faults.site.Site;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One file with every kind of poison among good lines, in the jobs' usual small heap. */
final class PoisonFault implements Fault {
    private static final Day CLEAN = new Day("2026-01-20", 4_800, 7);
    private static final Day CLEAN_MILLION = new Day("2026-01-20", 265_000, 7);
    /** The least that a heap must hold is 512 MB; a line may be longer than a record may be. */
    private static final int LONG_LINE = 2 << 20;

    private static final int LONGEST_LINE = 100 << 20;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String numbers() {
        return "F34-F49 F55";
    }

    @Override
    public String what() {
        return "every kind of hostile line once among a million good ones (short: 20,000), heap 512 MB: each refused for"
                + " its reason, the harmless kept, no good line lost";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 3;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Site site = scene.site().with("JANGBU_JAVA_OPTIONS", "-Xmx512m");
        Day day = scene.isShort() ? CLEAN : CLEAN_MILLION;
        for (List<String> command : List.of(day.extract(), day.transform(), day.load())) {
            site.must(command);
        }
        site.sql()
                .execute(
                        "DROP TABLE IF EXISTS undisturbed.good",
                        "CREATE TABLE undisturbed.good AS TABLE " + day.partition());
        List<Poison> kinds = Poison.all(day.ds(), scene.isShort() ? LONG_LINE : LONGEST_LINE);
        Path input = site.newFolder("poison").resolve("events.jsonl");
        Published good = Published.in(day.folder(site.workspace(), "landing")).orElseThrow();
        Map<String, Poison> byDigest = write(good, kinds, input, random);
        outcome.expect(
                site.run(List.of(
                        "extract-job", "events", "--ds", day.ds(), "--source", "files", "--input", input.toString())),
                "extract of poison",
                0);
        outcome.expect(site.run(day.transform()), "transform of poison", 0);
        outcome.expect(site.run(day.load()), "load of poison", 0);
        Files.delete(input);
        rejects(day.folder(site.workspace(), "rejects"), byDigest, outcome);
        rows(site, day, kinds, outcome);
        OtherDays.forget(scene, List.of(day));
    }

    /** The good lines with the poison strewn in; some good lines end as Windows ends lines. Returns what was strewn. */
    private static Map<String, Poison> write(Published good, List<Poison> kinds, Path input, Random random)
            throws IOException {
        List<Poison> rest = new ArrayList<>(kinds);
        java.util.Collections.shuffle(rest, random);
        Map<String, Poison> byDigest = new HashMap<>();
        long lines = 0;
        for (Published.Part part : good.parts()) {
            try (Stream<String> all = Files.lines(part.file())) {
                lines += all.count();
            }
        }
        SplittableRandom strew = new SplittableRandom(random.nextLong());
        long between = Math.max(1, lines / (rest.size() + 2));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input), 1 << 18)) {
            out.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
            long at = 0;
            for (Published.Part part : good.parts()) {
                try (Stream<String> all = Files.lines(part.file())) {
                    for (String line : (Iterable<String>) all::iterator) {
                        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                        out.write(bytes);
                        out.write(strew.nextInt(100) == 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
                        at++;
                        if (at == 1) {
                            again(out, bytes, byDigest);
                        }
                        if (at % between == 0 && !rest.isEmpty()) {
                            strew(out, rest.remove(rest.size() - 1), byDigest);
                        }
                    }
                }
            }
            for (Poison left : rest) {
                strew(out, left, byDigest);
            }
            out.write("\n\r\n   \n".getBytes(StandardCharsets.UTF_8));
        }
        return byDigest;
    }

    private static void strew(OutputStream out, Poison poison, Map<String, Poison> byDigest) throws IOException {
        out.write(poison.line());
        out.write('\n');
        if (!poison.isKept()) {
            byDigest.put(digest(poison.line()), poison);
        }
    }

    /** The same event a second time. */
    private static void again(OutputStream out, byte[] line, Map<String, Poison> byDigest) throws IOException {
        strew(out, new Poison("an event twice", line, "unique_event_id", "", ""), byDigest);
    }

    private static void rejects(Path folder, Map<String, Poison> byDigest, Outcome outcome) throws IOException {
        Map<String, Poison> unseen = new HashMap<>(byDigest);
        for (Published.Part part : Published.in(folder).orElseThrow().parts()) {
            if (!String.valueOf(part.file().getFileName()).startsWith("rejected-")) {
                continue;
            }
            for (String line : Files.readAllLines(part.file())) {
                reject(JsonMapper.shared().readTree(line), unseen, outcome);
            }
        }
        unseen.values().forEach(poison -> outcome.finding(poison.kind() + ": not refused"));
        outcome.count("kinds refused", byDigest.size() - unseen.size());
    }

    private static void reject(JsonNode entry, Map<String, Poison> unseen, Outcome outcome) {
        Poison poison = unseen.remove(digest(entry));
        String check = entry.get("checks").get(0).get("check").stringValue();
        if (poison == null) {
            outcome.differs("a good line was refused for " + check, new Difference(1, 0));
        } else {
            outcome.require(
                    check.equals(poison.check()),
                    poison.kind() + ": refused by " + check + " (expected: " + poison.check() + ")");
        }
    }

    private static String digest(JsonNode entry) {
        if (entry.has("raw_sha256")) {
            return entry.get("raw_sha256").stringValue();
        }
        return digest(
                entry.has("raw")
                        ? entry.get("raw").stringValue().getBytes(StandardCharsets.UTF_8)
                        : Base64.getDecoder().decode(entry.get("raw_base64").stringValue()));
    }

    private static void rows(Site site, Day day, List<Poison> kinds, Outcome outcome) throws SQLException {
        String strewn = "event_id::TEXT LIKE '00000000-0000-4000-8000-%'";
        outcome.differs(
                "good lines",
                Snapshot.difference(
                        site.sql(),
                        "undisturbed.good",
                        "(SELECT * FROM " + day.partition() + " WHERE NOT " + strewn + ")"));
        List<Poison> kept = kinds.stream().filter(Poison::isKept).toList();
        for (Poison poison : kept) {
            List<String> found = site.sql()
                    .column("SELECT encode(convert_to(search_query, 'UTF8'), 'hex') FROM " + day.partition()
                            + " WHERE event_id = '" + poison.id() + "'");
            String hex = HexFormat.of().formatHex(poison.text().getBytes(StandardCharsets.UTF_8));
            outcome.require(
                    found.equals(List.of(hex)), poison.kind() + ": " + found + " in the table (expected: " + hex + ")");
        }
        long inTable = site.sql().number("SELECT COUNT(*) FROM " + day.partition() + " WHERE " + strewn);
        outcome.require(inTable == kept.size(), inTable + " strewn lines in the table (expected: " + kept.size() + ")");
        outcome.count("kinds kept", kept.size());
        outcome.count("good lines", site.sql().number("SELECT COUNT(*) FROM undisturbed.good"));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
