package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.DatabaseAddress;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an error of the source's server means, in one line with no secret in it. */
final class SourceFailures {
    /** ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR. */
    private static final Set<Integer> DENIED = Set.of(1045, 1698);

    /** ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, ER_TOO_MANY_USER_CONNECTIONS, ER_CONNECTION_KILLED. */
    private static final Set<Integer> AWAY = Set.of(1040, 1053, 1203, 1927);

    /** ER_DBACCESS_DENIED_ERROR, ER_BAD_DB_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR. */
    private static final Set<Integer> RIGHTS = Set.of(1044, 1049, 1142, 1143);

    /** The words of the two drivers where the server has no TLS; neither has a code for it. */
    private static final List<String> NO_TLS = List.of("ssl not enabled in the server", "but not provided by server");

    private SourceFailures() {}

    /** A refusal to let in, or none. */
    static JobFailure ofConnecting(SQLException failure, DatabaseAddress address) throws NeedsAttention {
        if (DENIED.contains(failure.getErrorCode()) || "28000".equals(failure.getSQLState())) {
            throw new NeedsAttention(
                    Attention.WRONG_SECRET,
                    address.place() + " refuses " + address.user() + " with this password"
                            + (address.isEncrypted() ? "" : ", or without TLS"));
        }
        if (address.isEncrypted() && NO_TLS.stream().anyMatch(firstLine(failure)::contains)) {
            return new JobFailure(
                    ExitCode.USAGE,
                    address.place() + ": offers no TLS (expected: a server with a certificate, or tls=off where the way"
                            + " to it is safe)",
                    failure);
        }
        String untrusted = untrusted(failure);
        if (untrusted != null) {
            return new JobFailure(
                    ExitCode.USAGE,
                    address.place() + ": its certificate is not trusted, " + untrusted + " (expected: one for "
                            + address.host() + ", signed by "
                            + (address.authority() == null ? "who this system trusts; or ca=FILE" : address.authority())
                            + ")",
                    failure);
        }
        return of(failure, address, "cannot connect");
    }

    static JobFailure of(SQLException failure, DatabaseAddress address, String doing) {
        String message = address.place() + ": " + doing + ": " + firstLine(failure);
        if (RIGHTS.contains(failure.getErrorCode())) {
            return new JobFailure(
                    ExitCode.USAGE, message + " (expected: " + address.user() + " has the right to read it)", failure);
        }
        if (isAway(failure)) {
            return new JobFailure(ExitCode.UNAVAILABLE, message + "; the source went away, run again", failure);
        }
        return new JobFailure(ExitCode.FAILED, message, failure);
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && state.startsWith("08"))
                || AWAY.contains(failure.getErrorCode())
                || cause(failure, IOException.class) != null;
    }

    private static @Nullable String untrusted(SQLException failure) {
        GeneralSecurityException certificate = cause(failure, GeneralSecurityException.class);
        if (certificate != null) {
            return firstLine(innermost(certificate));
        }
        SSLException handshake = cause(failure, SSLException.class);
        return handshake == null ? null : firstLine(handshake);
    }

    /** Those around it say the same with the names of classes. */
    private static Throwable innermost(GeneralSecurityException certificate) {
        Throwable last = certificate;
        for (Throwable cause = certificate; cause != null; cause = cause.getCause()) {
            last = cause instanceof GeneralSecurityException ? cause : last;
        }
        return last;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
