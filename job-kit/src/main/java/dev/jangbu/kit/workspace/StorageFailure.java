package dev.jangbu.kit.workspace;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what a file system refused into one line that says what to do. */
public final class StorageFailure {
    private StorageFailure() {}

    /** @param what what was tried, such as {@code cannot write} */
    public static JobFailure of(String what, Path path, IOException failure) {
        return new JobFailure(ExitCode.FAILED, what + " " + path + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        String text = text(failure);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return "no space left on the disk; free some and run again";
        }
        if (lower.contains("read-only")) {
            return "the file system is read-only; pass --workspace with a folder that can be written";
        }
        if (failure instanceof AccessDeniedException || lower.contains("permission denied")) {
            return "permission denied; pass --workspace with a folder that can be written";
        }
        return text;
    }

    private static String text(IOException failure) {
        @Nullable String reason = failure instanceof FileSystemException fileSystem ? fileSystem.getReason() : null;
        if (reason != null) {
            return reason;
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
