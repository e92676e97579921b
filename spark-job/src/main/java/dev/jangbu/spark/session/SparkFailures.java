package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.StepWork;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What an error of Spark's means for the run: the cluster is away, or a failure of its own. */
public final class SparkFailures {
    /** Said by a driver that finds no master, or loses it. */
    private static final List<String> AWAY = List.of("All masters are unresponsive", "Master removed our application");

    /** Said where Spark's jars know no such kind of cluster. */
    private static final String UNKNOWN_MASTER = "Could not parse Master URL";

    /** Said of Kubernetes and YARN, the reason beneath it. */
    private static final String NO_SCHEDULER = "External scheduler cannot be instantiated";

    private SparkFailures() {}

    /** What the work gives, its errors of Spark's told in one line with the exit code that fits. */
    public static <T> T result(Supplier<T> work, String doing) {
        try {
            return work.get();
        } catch (Exception failure) {
            if (isOfSpark(failure)) {
                throw explain(failure, doing);
            }
            throw failure;
        }
    }

    /** The work, its errors of Spark's told in one line with the exit code that fits. */
    public static StepWork told(StepWork work, String doing) {
        return () -> {
            try {
                work.run();
            } catch (Exception failure) {
                if (isOfSpark(failure)) {
                    throw explain(failure, doing);
                }
                throw failure;
            }
        };
    }

    static JobFailure explain(@Nullable Throwable failure, String doing) {
        if (failure instanceof JobFailure told) {
            return told;
        }
        String reason = firstLine(failure);
        if (AWAY.stream().anyMatch(reason::contains)) {
            return new JobFailure(
                    ExitCode.UNAVAILABLE,
                    doing + ": " + reason + "; see that the cluster runs, and run again",
                    failure);
        }
        if (reason.contains(UNKNOWN_MASTER)) {
            return new JobFailure(
                    ExitCode.USAGE,
                    doing + ": " + reason
                            + " (expected: a run by spark-submit of a Spark that knows this kind of cluster)",
                    failure);
        }
        if (reason.contains(NO_SCHEDULER)) {
            return new JobFailure(
                    ExitCode.UNAVAILABLE,
                    doing + ": " + firstLine(root(failure)) + "; see that the cluster runs, and run again",
                    failure);
        }
        return new JobFailure(
                ExitCode.FAILED, doing + ": " + reason + "; run again with --verbose for the whole story", failure);
    }

    private static boolean isOfSpark(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // The runner knows what to say of these.
            if (cause instanceof JobFailure || cause instanceof OutOfMemoryError) {
                return false;
            }
            if (cause instanceof SparkThrowable) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable root(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
