package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose records a run is for: its slice is the account, or the account's weekly reconciliation. */
final class AccountOptions {
    private static final String RECONCILE = ".reconcile";
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "The account the records are of, for every dataset but events.")
    private @Nullable String account;

    @Option(names = "--reconcile", description = "The records of the weekly reconciliation.")
    private boolean reconcile;

    /** @throws JobFailure with {@link ExitCode#USAGE} where the dataset and the options do not go together */
    String slice(String dataset) {
        if (TransformCommand.EVENTS.equals(dataset)) {
            if (account != null || reconcile) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        (account == null ? "--reconcile" : "--account: " + account)
                                + " (expected: none, for events are of the whole shop)");
            }
            return RunRequest.WHOLE;
        }
        if (account == null || !ACCOUNT.matcher(account).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--account: " + (account == null ? "none" : account)
                            + " (expected: an account such as cafe24-hlogdemo)");
        }
        return reconcile ? account + RECONCILE : account;
    }

    /** The account a slice is of. */
    static String accountOf(String slice) {
        return slice.endsWith(RECONCILE) ? slice.substring(0, slice.length() - RECONCILE.length()) : slice;
    }
}
