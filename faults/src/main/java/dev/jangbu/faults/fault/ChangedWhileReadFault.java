package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.proxy.Cut;
import dev.jangbu.faults.proxy.CuttingProxy;
import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.JobRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file changed in its place between the moment a job begins to read it and the moment it has read it: what was checked
 * is not what is loaded. The load's file is changed when its n-th piece is on the way to PostgreSQL.
 */
final class ChangedWhileReadFault implements Fault {
    private static final int FAILED = 1;
    /** The load sends pieces of this size. */
    private static final int PIECE_BYTES = 1 << 18;

    private final Strike strike = new Strike();

    /** What another program does to the file, which it has open. */
    private enum Change {
        LAST_BYTES,
        ANY_BYTE,
        GROWN,
        CUT
    }

    @Override
    public String name() {
        return "changed-while-read";
    }

    @Override
    public String numbers() {
        return "F19";
    }

    @Override
    public String what() {
        return "a landing or clean file changed in place while it is read: exit 1, named, no row moves; or it was read before";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 60;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Day day = scene.yardstick().day();
        boolean isLoad = number % 2 == 0;
        Target writer = isLoad ? Target.transform(day) : Target.extract(day);
        Target reader = isLoad ? Target.load(day) : Target.transform(day);
        Change change = Change.values()[random.nextInt(Change.values().length)];
        strike.measure(scene, reader);
        boolean wasThere = random.nextBoolean();
        if (isLoad && !wasThere) {
            reader.wipe(scene);
        }
        Path folder = day.folder(scene.site().workspace(), writer.area());
        Path file = Published.in(folder).orElseThrow().parts().get(0).file();
        Path whole =
                Files.copy(file, scene.site().newFolder("whole").resolve("part"), StandardCopyOption.REPLACE_EXISTING);
        long seed = random.nextLong();
        Ended ended = isLoad
                ? loadWhile(scene, reader, file, change, seed, outcome)
                : checkWhile(scene, reader, file, change, seed, outcome);
        String where = reader.name() + " while " + file + " was changed (" + change + ")";
        outcome.expect(ended, where, 0, FAILED);
        outcome.count(reader.name() + " exit " + ended.exitCode(), 1);
        outcome.require(
                ended.exitCode() == 0 || ended.lastLine().contains(String.valueOf(file.getFileName())),
                where + ": not named in " + ended.lastLine());
        if (reader.isThere(scene, outcome)) {
            outcome.require(
                    wasThere || ended.exitCode() == 0 || !isLoad, where + ": rows are there of a load that failed");
        } else {
            outcome.require(!wasThere && isLoad && ended.exitCode() != 0, where + ": acknowledged work is gone");
        }
        Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(whole);
        outcome.expect(scene.site().run(reader.command()), reader.name() + " again", 0);
        reader.compare(scene, outcome);
        outcome.expect(scene.site().run(day.load()), "load after all", 0);
        Target.load(day).compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    private static Ended loadWhile(Scene scene, Target load, Path file, Change change, long seed, Outcome outcome)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (CuttingProxy proxy = CuttingProxy.before(scene.site().server().url(), Cut.NONE)) {
            int pieces = Math.toIntExact(1 + Files.size(file) / PIECE_BYTES);
            AtomicBoolean isChanged = new AtomicBoolean();
            proxy.atPiece(1 + random.nextInt(pieces), () -> {
                change(file, change, random);
                isChanged.set(true);
            });
            Ended ended = scene.site().with("JANGBU_DB_URL", proxy.url()).run(load.command());
            outcome.count("changed in the middle of COPY", isChanged.get() ? 1 : 0);
            return ended;
        }
    }

    private Ended checkWhile(Scene scene, Target check, Path file, Change change, long seed, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Random random = new Random(seed);
        try (Progress progress = Progress.of(scene.site().sql(), check.command())) {
            JobRun run = scene.site().start(check.command());
            if (progress.awaitStep(run)) {
                strike.awaitWithinSteps(check, run, random.nextDouble());
                change(file, change, random);
                outcome.count("changed in a check", 1);
            }
            return run.await();
        }
    }

    private static void change(Path file, Change change, Random random) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long length = open.length();
            switch (change) {
                case LAST_BYTES -> flip(open, length - 2);
                case ANY_BYTE -> flip(open, random.nextLong(length));
                case GROWN -> {
                    open.seek(length);
                    open.write('\n');
                }
                case CUT -> open.setLength(length - 1 - random.nextLong(length / 2));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void flip(RandomAccessFile open, long at) throws IOException {
        open.seek(at);
        int before = open.read();
        open.seek(at);
        open.write(before ^ 1);
    }
}
