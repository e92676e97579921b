package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.StepWork;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What an error of Spark's means for the run: the cluster is away, or a failure of its own. */
public final class SparkFailures {
    /** Said by a driver that finds no master, or loses it; then its context is stopped, by nobody here, and more is said of that. */
    private static final List<String> AWAY = List.of(
            "All masters are unresponsive",
            "Master removed our application",
            "LiveListenerBus is stopped",
            "stopped SparkContext",
            "SparkContext was shut down");

    /** Said where Spark's jars know no such kind of cluster. */
    private static final String UNKNOWN_MASTER = "Could not parse Master URL";

    /** Said of any failure while a cluster is first asked; what it was is said by the cause. */
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
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAway(cause) || cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new JobFailure(
                        ExitCode.UNAVAILABLE,
                        doing + ": " + firstLine(cause) + "; see that the cluster runs, and run again",
                        failure);
            }
        }
        String reason = firstLine(failure);
        if (reason.contains(UNKNOWN_MASTER)) {
            return new JobFailure(
                    ExitCode.USAGE,
                    doing + ": " + reason
                            + " (expected: a run by spark-submit of a Spark that knows this kind of cluster)",
                    failure);
        }
        return new JobFailure(
                ExitCode.FAILED, doing + ": " + reason + "; run again with --verbose for the whole story", failure);
    }

    private static boolean isOfSpark(Throwable failure) {
        boolean isOfSpark = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Thrown by a task of ours, and told as it is.
            if (cause instanceof JobFailure) {
                return false;
            }
            // The runner knows what to say of it.
            if (cause instanceof OutOfMemoryError) {
                return isOfSpark;
            }
            isOfSpark |= cause instanceof SparkThrowable || isAway(cause);
        }
        return isOfSpark;
    }

    private static boolean isAway(Throwable cause) {
        String message = cause.getMessage();
        return message != null && AWAY.stream().anyMatch(message::contains);
    }

    private static String firstLine(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (message.contains(NO_SCHEDULER) && failure.getCause() != null) {
            return message + ": " + firstLine(root(failure));
        }
        return message.lines().findFirst().orElse("");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
