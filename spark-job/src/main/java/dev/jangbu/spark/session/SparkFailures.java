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
            isOfSpark |= cause instanceof SparkThrowable;
        }
        return isOfSpark;
    }

    private static String firstLine(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
