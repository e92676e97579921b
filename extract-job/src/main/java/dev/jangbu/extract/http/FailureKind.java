package dev.jangbu.extract.http;

import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an extraction from a platform ended early: the first word of its message, and how the run ends. */
public enum FailureKind {
    /** The platform refuses the call as it is; the same call again would be refused again. */
    BAD_REQUEST(ExitCode.FAILED, null),
    /** The token is refused, also one that was just renewed. */
    AUTH(ExitCode.FAILED, null),
    SCOPE(ExitCode.FAILED, Attention.SCOPE),
    IP_NOT_ALLOWED(ExitCode.FAILED, Attention.IP_NOT_ALLOWED),
    PERMISSION_DENIED(ExitCode.FAILED, Attention.PERMISSION_DENIED),
    REAUTH_REQUIRED(ExitCode.FAILED, Attention.REAUTH_REQUIRED),
    WRONG_SECRET(ExitCode.FAILED, Attention.WRONG_SECRET),
    HUMAN_NEEDED(ExitCode.FAILED, Attention.HUMAN_NEEDED),
    /** An answer that is not what the platform promises. */
    SCHEMA(ExitCode.FAILED, null),
    /** A page without what the crawl reads. */
    LAYOUT_CHANGED(ExitCode.FAILED, null),
    /** Rows and the platform's own count of them differ. */
    COUNT_MISMATCH(ExitCode.FAILED, null),
    /** Rows moved between the pages of a list, also when it was read again. */
    PAGE_GAP(ExitCode.FAILED, null),
    /** More rows than the platform lets anybody page through. */
    WINDOW_TOO_LARGE(ExitCode.FAILED, null),
    /** The run's own bound of calls or minutes. */
    BUDGET(ExitCode.FAILED, null),
    /** Shut out for hours, or the day's share is used up. */
    QUOTA(ExitCode.UNAVAILABLE, null),
    /** Too fast, however long it waited. */
    RATE_LIMIT(ExitCode.UNAVAILABLE, null),
    /** The platform says it is closed for work on it. */
    MAINTENANCE(ExitCode.UNAVAILABLE, null),
    /** No answer, or an error of the platform's. */
    UNAVAILABLE(ExitCode.UNAVAILABLE, null);

    private final ExitCode exitCode;
    private final @Nullable Attention attention;

    FailureKind(ExitCode exitCode, @Nullable Attention attention) {
        this.exitCode = exitCode;
        this.attention = attention;
    }

    /**
     * Ends the extraction. A kind that only the account's owner can help is thrown as {@link NeedsAttention}; the others
     * are returned.
     *
     * @param detail without secrets and personal data
     */
    public JobFailure end(String detail, @Nullable Throwable cause) throws NeedsAttention {
        if (attention != null) {
            throw new NeedsAttention(attention, name() + ": " + detail);
        }
        return failure(detail, cause);
    }

    /** As {@link #end}, without asking for the owner's attention. */
    public JobFailure failure(String detail, @Nullable Throwable cause) {
        return new JobFailure(exitCode, name() + ": " + detail, new Marked(this, cause));
    }

    public JobFailure failure(String detail) {
        return failure(detail, null);
    }

    /** The kind of a failure that one of these made. */
    public static Optional<FailureKind> of(JobFailure failure) {
        return failure.getCause() instanceof Marked marked ? Optional.of(marked.kind) : Optional.empty();
    }

    /** Carries the kind within a failure. */
    private static final class Marked extends Exception {
        private static final long serialVersionUID = 1;

        private final FailureKind kind;

        Marked(FailureKind kind, @Nullable Throwable cause) {
            super(kind.name(), cause, true, false);
            this.kind = kind;
        }
    }
}
