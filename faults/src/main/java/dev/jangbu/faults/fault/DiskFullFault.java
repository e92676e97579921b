package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The disk full at the n-th kibibyte, for n over the whole of what a job writes; then there is room again. */
final class DiskFullFault implements Fault {
    private static final int FAILED = 1;
    private static final int STEPS = 20;
    private static final long ROOM = 1 << 20;

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String numbers() {
        return "F17 F19";
    }

    @Override
    public String what() {
        return "a small tmpfs full, or read-only, where landing or clean files go: exit 1, nothing half published";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 2 * (STEPS + 1);
    }

    @Override
    public Optional<String> whyNot(Scene scene) {
        return SmallDisk.whyNot(scene.site().root());
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target target = all.get(number % 2);
        target.wipe(scene);
        Path folder = Files.createDirectories(
                scene.yardstick().day().folder(scene.site().workspace(), target.area()));
        long whole = kibibytes(scene.yardstick().files(target.area()));
        long size = scene.isShort() ? random.nextLong(4, whole) : Math.max(4, whole * (number / 2) / STEPS);
        try (SmallDisk disk = SmallDisk.mount(folder, size)) {
            Ended full = scene.site().run(target.command());
            outcome.expect(full, target.name() + " with " + size + " of " + whole + " KiB", 0, FAILED);
            outcome.count("disk full", full.exitCode() == FAILED ? 1 : 0);
            outcome.require(
                    full.exitCode() == 0 || full.lastLine().contains("no space left"),
                    target.name() + " did not say that the disk is full: " + full.lastLine());
            target.isThere(scene, outcome);
            disk.resize(ROOM);
            outcome.expect(scene.site().run(target.command()), target.name() + " with room again", 0);
            target.compare(scene, outcome);
            disk.readOnly(true);
            Ended refused = scene.site().run(target.command());
            outcome.expect(refused, target.name() + " on a read-only disk", FAILED);
            outcome.require(
                    refused.lastLine().contains("read-only"),
                    target.name() + " did not say that the disk is read-only: " + refused.lastLine());
            target.compare(scene, outcome);
            disk.readOnly(false);
        }
        outcome.expect(scene.site().run(target.command()), target.name() + " on its own disk", 0);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    private static long kibibytes(Published published) throws IOException {
        long bytes = 0;
        for (Published.Part part : published.parts()) {
            bytes += Files.size(part.file());
        }
        return Math.max(8, bytes / 1024);
    }
}
