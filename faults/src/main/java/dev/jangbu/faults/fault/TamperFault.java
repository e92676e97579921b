package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What one job handed over is changed before the next one reads it: refused by name, and nothing moves. */
final class TamperFault implements Fault {
    private static final int FAILED = 1;

    /** What is done to a file, or to the manifest that names it. */
    private enum Tampering {
        FILE_CUT,
        BYTE_CHANGED,
        LINES_SWAPPED,
        FILE_REMOVED,
        FILE_EMPTIED,
        MANIFEST_REMOVED,
        MANIFEST_CUT;

        private boolean isOfManifest() {
            return this == MANIFEST_REMOVED || this == MANIFEST_CUT;
        }
    }

    @Override
    public String name() {
        return "tamper";
    }

    @Override
    public String numbers() {
        return "F18 F19";
    }

    @Override
    public String what() {
        return "landing or clean files cut, changed, swapped, removed; manifests cut or removed: exit 1, named, no row moves";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 3 : 6 * Tampering.values().length;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Day day = scene.yardstick().day();
        int kinds = Tampering.values().length;
        Tampering tampering = Tampering.values()[scene.isShort() ? random.nextInt(kinds) : number % kinds];
        boolean isLanding = random.nextBoolean();
        Target writer = isLanding ? Target.extract(day) : Target.transform(day);
        Target reader = isLanding ? Target.transform(day) : Target.load(day);
        Path folder = day.folder(scene.site().workspace(), writer.area());
        List<Published.Part> parts = Published.in(folder).orElseThrow().parts();
        Path victim = tampering.isOfManifest()
                ? folder.resolve("manifest.json")
                : parts.get(random.nextInt(parts.size())).file();
        tamper(victim, tampering, random);

        Ended refused = scene.site().run(reader.command());

        String where = reader.name() + " after " + tampering + " of " + victim;
        outcome.expect(refused, where, FAILED);
        outcome.require(
                refused.lastLine().contains(String.valueOf(folder.getFileName())),
                where + ": not named in " + refused.lastLine());
        Target.load(day).compare(scene, outcome);
        outcome.count("refused", refused.exitCode() == FAILED ? 1 : 0);
        outcome.expect(scene.site().run(writer.command()), writer.name() + " again", 0);
        writer.compare(scene, outcome);
        outcome.expect(scene.site().run(reader.command()), reader.name() + " again", 0);
        reader.compare(scene, outcome);
    }

    private static void tamper(Path file, Tampering tampering, Random random) throws IOException {
        switch (tampering) {
            case FILE_REMOVED, MANIFEST_REMOVED -> Files.delete(file);
            case FILE_EMPTIED -> replace(file, new byte[0]);
            case FILE_CUT, MANIFEST_CUT -> {
                byte[] bytes = Files.readAllBytes(file);
                replace(file, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1)));
            }
            case BYTE_CHANGED -> {
                byte[] bytes = Files.readAllBytes(file);
                bytes[random.nextInt(bytes.length)] ^= 1;
                replace(file, bytes);
            }
            case LINES_SWAPPED -> {
                List<String> lines = Files.readAllLines(file);
                lines.add(lines.remove(1));
                replace(file, (String.join("\n", lines) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    /** As another program would: a new file under the old name. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling("tampered");
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
