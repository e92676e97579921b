package dev.jangbu.kit.exit;

import org.jspecify.annotations.Nullable;

/**
 * A failure with its exit code and a message for the person who reads it: name, value, what was wanted, what to do. The
 * message is one line and holds no secret and no personal data.
 */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public JobFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public JobFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
