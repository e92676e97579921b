package dev.jangbu.spark.store;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;

/** What a store's refusal means for the run. */
public final class StoreFailure {
    private StoreFailure() {}

    /** @param what what was tried, such as {@code cannot read} */
    public static JobFailure of(String what, String url, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAway(cause)) {
                return new JobFailure(
                        ExitCode.UNAVAILABLE,
                        what + " " + url + ": " + firstLine(cause) + "; see that the store answers, and run again",
                        failure);
            }
        }
        String message = what + " " + url + ": " + firstLine(failure);
        if (failure instanceof AccessDeniedException) {
            return new JobFailure(
                    ExitCode.USAGE,
                    message + " (expected: keys in JANGBU_S3_ACCESS_KEY_FILE and JANGBU_S3_SECRET_KEY_FILE, or a role,"
                            + " that may)",
                    failure);
        }
        return new JobFailure(ExitCode.FAILED, message, failure);
    }

    private static boolean isAway(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException;
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
