package dev.jangbu.load;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.load.erase.EraseCommand;
import dev.jangbu.load.migrate.MigrateCommand;
import dev.jangbu.load.retention.RetainCommand;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code load-job.jar events --ds D}: the day's clean files into {@code raw.raw_events}; {@code load-job.jar orders
 * --account A --ds D}: the clean files of an account's window into the tables of its dataset.
 */
@Command(
        name = "load-job",
        description = "Load clean files into raw tables in one transaction: a day replaced, or a window merged by key.",
        subcommands = {MigrateCommand.class, EraseCommand.class, RetainCommand.class})
public final class LoadCommand implements Callable<ExitCode> {
    private static final String JOB = "load-job";
    private static final String EVENTS = "events";
    private static final List<String> OF_ACCOUNTS =
            List.of("orders", "refunds", "products", "coupons", "web-traffic", "card-sales");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATASET",
            description = "What to load: events, orders, refunds, products, coupons, web-traffic or card-sales.")
    private @Nullable String dataset;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "The account whose records are loaded; for every dataset but events.")
    private @Nullable String account;

    @Option(names = "--reconcile", description = "What the account's reconciliation read again, not its daily window.")
    private boolean reconcile;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new LoadCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        if (dataset == null || !(dataset.equals(EVENTS) || OF_ACCOUNTS.contains(dataset))) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + (dataset == null ? "none given" : dataset) + " (expected: events, "
                            + String.join(", ", OF_ACCOUNTS) + ", or a command: migrate, erase, retain)");
        }
        String known = dataset;
        String slice = slice(known);
        return days.forEachDay(day -> load(known, slice, day));
    }

    private String slice(String known) {
        if (known.equals(EVENTS)) {
            if (account != null || reconcile) {
                throw new JobFailure(
                        ExitCode.USAGE, "--account: " + account + " (expected: none, events are loaded whole)");
            }
            return RunRequest.WHOLE;
        }
        if (account == null || !ACCOUNT.matcher(account).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--account: " + (account == null ? "none given" : account)
                            + " (expected: an account such as cafe24-hlogdemo)");
        }
        return reconcile ? account + ".reconcile" : account;
    }

    private ExitCode load(String known, String slice, LocalDate day) {
        RunRequest request = options.request(JOB, known, slice, day);
        if (options.isDryRun()) {
            System.out.println(plan(known, slice, day) + " the files named in "
                    + options.workspace().clean(known, slice, day).manifestFile());
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, LoadConfiguration.class);
    }

    private static String plan(String known, String slice, LocalDate day) {
        return slice.equals(RunRequest.WHOLE)
                ? "would replace " + day + " of " + known + " by"
                : "would merge into " + known + ", for " + slice + ",";
    }
}
