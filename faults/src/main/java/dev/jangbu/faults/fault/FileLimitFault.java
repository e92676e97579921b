package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.site.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** The n-th kibibyte of any file cannot be written: a process limit, which needs no root. */
final class FileLimitFault implements Fault {
    private static final int FAILED = 1;
    private static final int STEPS = 20;
    /** What the JVM itself writes to memory-mapped files. */
    private static final long LEAST = 64;

    @Override
    public String name() {
        return "write-failure";
    }

    @Override
    public String numbers() {
        return "F02 F19";
    }

    @Override
    public String what() {
        return "the n-th KiB of a file refused by the system, for n over all a job writes: exit 1, nothing half published";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 2 : 2 * STEPS;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        Target target = Target.all(scene.yardstick()).get(number % 2);
        boolean wasThere = random.nextBoolean();
        if (!wasThere) {
            target.wipe(scene);
        }
        long largest = largest(scene.yardstick().files(target.area()));
        long limit = scene.isShort()
                ? random.nextLong(LEAST, largest)
                : Math.max(LEAST, (largest + STEPS) * (number / 2) / STEPS);
        List<String> limited = List.of("bash", "-c", "ulimit -f " + limit + "; exec \"$@\"", "limited");
        Ended ended = scene.site().start(target.command(), limited).await();
        outcome.expect(ended, target.name() + " with files of at most " + limit + " KiB", 0, FAILED);
        outcome.count("exit " + ended.exitCode(), 1);
        boolean isThere = target.isThere(scene, outcome);
        outcome.require(isThere || !(wasThere || ended.exitCode() == 0), target.name() + ": acknowledged work is gone");
        outcome.expect(scene.site().run(target.command()), target.name() + " without the limit", 0);
        target.compare(scene, outcome);
        Target.requireNothingRuns(scene.site().sql(), outcome);
    }

    private static long largest(Published published) throws IOException {
        long bytes = 0;
        for (Published.Part part : published.parts()) {
            bytes = Math.max(bytes, Files.size(part.file()));
        }
        return Math.max(LEAST + 1, bytes / 1024);
    }
}
