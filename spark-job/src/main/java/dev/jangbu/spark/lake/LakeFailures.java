package dev.jangbu.spark.lake;

import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.StepWork;
import java.sql.SQLException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/** What a failure of Iceberg's means for the run. */
public final class LakeFailures {
    /** insufficient_privilege, and invalid_parameter_value, as a role that is not there is called. */
    private static final String NO_RIGHT = "42501";

    private static final String NO_ROLE = "22023";

    private LakeFailures() {}

    /** The work, its failures of Iceberg's told in one line with the exit code that fits. */
    static StepWork told(StepWork work) {
        return () -> {
            try {
                work.run();
            } catch (Exception failure) {
                throw explain(failure);
            }
        };
    }

    public static Exception explain(Exception failure) {
        if (failure instanceof JobFailure) {
            return failure;
        }
        @Nullable SQLException sql = SqlFailures.find(failure);
        if (sql != null && isOfRole(sql)) {
            return new JobFailure(
                    ExitCode.USAGE,
                    "cannot work as jangbu_lake: " + sql.getMessage()
                            + " (expected: a log-in in JANGBU_DB_USER that is a member of jangbu_lake)",
                    failure);
        }
        if (failure instanceof CommitFailedException) {
            return new JobFailure(
                    ExitCode.FAILED,
                    EventsTable.IN_SQL + ": others were faster with every try to commit; run again",
                    failure);
        }
        return failure;
    }

    private static boolean isOfRole(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return (state.equals(NO_RIGHT) || state.equals(NO_ROLE))
                && String.valueOf(failure.getMessage()).contains("role");
    }
}
