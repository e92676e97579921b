package dev.jangbu.spark.erase;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.HeldRun;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.erase.ErasureLog;
import dev.jangbu.load.erase.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What the places of one erasure share.
 *
 * @param erasureId empty where it only looks
 */
record Site(
        Subject person,
        String erasureId,
        Database database,
        Workspace workspace,
        Map<String, String> environment,
        Clock clock) {
    static final String JOB = "spark-job";
    static final String EVENTS = "events";
    private static final String ATTEMPT = "erase";

    Site {
        environment = Map.copyOf(environment);
    }

    /** Work of a run that holds its identity. */
    @FunctionalInterface
    interface HeldWork {
        void run(RunContext context) throws Exception;
    }

    RunRequest request(String slice, LocalDate day) {
        return new RunRequest(JOB, EVENTS, slice, day, ATTEMPT, workspace);
    }

    /** @throws dev.jangbu.kit.exit.JobFailure with {@link ExitCode#HELD} when a run of spark-job's has the day */
    void holding(String slice, LocalDate day, HeldWork work) throws Exception {
        try (HeldRun run = HeldRun.begin(request(slice, day), environment, clock)) {
            run.started();
            boolean isDone = false;
            try {
                work.run(run.context());
                isDone = true;
            } finally {
                run.ended(
                        isDone ? ExitCode.DONE : ExitCode.FAILED,
                        isDone ? "" : "erasure ended before its end; erase again");
            }
        }
    }

    void log(ErasureLog.Entry entry) throws SQLException {
        try (Connection connection = database.connect()) {
            new ErasureLog(connection).write(erasureId, List.of(entry));
        }
    }
}
