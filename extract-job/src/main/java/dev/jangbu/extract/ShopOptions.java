package dev.jangbu.extract;

import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a shop's datasets. */
final class ShopOptions {
    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Shops: whose records, as accounts list shows it.")
    private @Nullable String account;

    @Option(
            names = "--reconcile",
            description = "Shops: read the last 90 days again, as a slice of its own beside the account's.")
    private boolean reconcile;

    @Option(
            names = "--from-date",
            paramLabel = "YYYY-MM-DD",
            description =
                    "Shops: the first day of a first load (default: 90 days before the business date), or of days to"
                            + " read again.")
    private @Nullable LocalDate fromDate;

    @Option(
            names = "--to-date",
            paramLabel = "YYYY-MM-DD",
            description =
                    "Shops: with --from-date, the last day to read: a first load that is too much for one run is done"
                            + " in pieces, the oldest first.")
    private @Nullable LocalDate toDate;

    /** @throws JobFailure with {@link ExitCode#USAGE} when no account is named */
    WindowOptions window() {
        if (account == null) {
            throw new JobFailure(ExitCode.USAGE, "--account: missing (expected: one that accounts list shows)");
        }
        return new WindowOptions(account, reconcile, fromDate, toDate);
    }
}
