package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** A job killed while Spring Batch has it as STARTED: the next run recovers it, without SQL by hand. */
final class AbandonedFault implements Fault {
    private static final long PAUSE_MILLIS = 2;

    @Override
    public String name() {
        return "abandoned";
    }

    @Override
    public String numbers() {
        return "F09";
    }

    @Override
    public String what() {
        return "killed while the job repository says STARTED; the next run recovers the execution";
    }

    @Override
    public int rounds(Scene scene) {
        return scene.isShort() ? 1 : 40;
    }

    @Override
    public void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        List<Target> all = Target.all(scene.yardstick());
        Target target = all.get(random.nextInt(all.size()));
        Sql sql = scene.site().sql();
        JobRun run = scene.site().start(target.command());
        while (run.isAlive() && unfinished(sql) == 0) {
            Thread.sleep(PAUSE_MILLIS);
        }
        run.kill();
        run.await();
        outcome.count("left STARTED", unfinished(sql));
        outcome.expect(scene.site().run(target.command()), target.name() + " after the kill", 0);
        target.compare(scene, outcome);
        Target.requireNothingRuns(sql, outcome);
    }

    private static long unfinished(Sql sql) throws SQLException {
        return sql.number("SELECT COUNT(*) FROM batch.batch_job_execution WHERE end_time IS NULL");
    }
}
