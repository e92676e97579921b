package dev.jangbu.extract;

import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a shop's datasets. */
final class ShopOptions {
    /** The word for {@code --source} that {@code --crawl} stands for. */
    static final String CRAWL_SOURCE = "ably-crawl";

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Shops: whose records, as accounts list shows it.")
    private @Nullable String account;

    @Option(
            names = "--reconcile",
            description =
                    "Shops: read the last 90 days again, as a slice of its own beside the account's. card-sales: compare both"
                            + " sides month by month, and read what differs.")
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

    @Option(
            names = "--crawl",
            description = "Ably: read the seller's pages in a browser, with the seller's log-in and consent.")
    private boolean crawl;

    @Option(
            names = "--join",
            description =
                    "Shops: where a run of the same is on its way, wait for it and end as it ends, in place of exit code"
                            + " 12: of many who ask at once one works, and all see its result.")
    private boolean join;

    boolean isJoining() {
        return join;
    }

    /** The source that was asked for, by its name or by {@code --crawl}; empty for the platform itself. */
    String source(String named) {
        return crawl && named.isEmpty() ? CRAWL_SOURCE : named;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when no account is named */
    WindowOptions window() {
        if (account == null) {
            throw new JobFailure(ExitCode.USAGE, "--account: missing (expected: one that accounts list shows)");
        }
        if (join && fromDate != null) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--from-date: given with --join (expected: one of them; the run on its way may read other days)");
        }
        return new WindowOptions(account, reconcile, fromDate, toDate);
    }
}
