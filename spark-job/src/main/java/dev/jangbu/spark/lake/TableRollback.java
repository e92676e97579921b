package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import java.util.List;
import javax.sql.DataSource;

/**
 * The whole table as it was in a state of its history, or forward again to one that was left. Nothing is written again and
 * nothing is lost: the states between stay in the history.
 */
final class TableRollback {
    private final RunContext context;
    private final DataSource database;
    private final LakeSettings lake;
    private final long target;

    TableRollback(RunContext context, DataSource database, LakeSettings lake, Target target) {
        this.context = context;
        this.database = database;
        this.lake = lake.as(context.runId(), context.fence());
        this.target = target.snapshot();
    }

    /** Which state to go to. */
    record Target(long snapshot) {}

    void rollBack() throws Exception {
        LakeLock.alone(database, this::swap);
    }

    private void swap() {
        try (LakeCatalog catalog = lake.open()) {
            EventsTable events = EventsTable.find(catalog).orElseThrow(this::unknown);
            List<LakeSnapshot> before = events.history();
            if (before.stream().noneMatch(state -> state.id() == target)) {
                throw unknown();
            }
            events.table().manageSnapshots().setCurrentSnapshot(target).commit();
            List<String> left = events.history().stream()
                    .filter(state -> state.state() == LakeSnapshot.State.LEFT)
                    .map(state -> String.valueOf(state.id()))
                    .toList();
            context.summary().fact("snapshot", String.valueOf(target)).fact("left", left);
        }
    }

    private JobFailure unknown() {
        return new JobFailure(
                ExitCode.USAGE, "--to-snapshot: " + target + " (expected: one of those `lake history events` lists)");
    }
}
