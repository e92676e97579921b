package dev.jangbu.extract;

import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code extract-job.jar accounts renew}: keeps the access of accounts alive that nobody extracted from for days. Each is
 * tried, whatever became of the one before.
 */
@Command(
        name = "renew",
        description = "Renew the tokens that would end within a week for want of use. To be run each day.")
public final class AccountsRenewCommand implements Callable<ExitCode> {
    /** So long before its end a token is renewed that no extraction has renewed. */
    private static final Duration DUE = Duration.ofDays(7);

    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsRenewCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    public AccountsRenewCommand(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public ExitCode call() {
        List<AccountUse> due = AccountUse.endingWithin(DUE, environment, options, clock);
        PrintWriter out = spec.commandLine().getOut();
        if (options.isDryRun()) {
            due.forEach(use -> out.println("would renew " + use.account().id()));
            return ExitCode.DONE;
        }
        ExitCode end = ExitCode.DONE;
        for (AccountUse use : due) {
            ExitCode one = renewed(use, out);
            end = end == ExitCode.DONE || one == ExitCode.FAILED ? one : end;
        }
        out.println(due.size() + " due");
        return end;
    }

    private ExitCode renewed(AccountUse use, PrintWriter out) {
        ShopSource source = new ShopSources(environment).platform(use.account());
        try {
            use.run((accounts, access) -> {
                source.renew(access);
                return "";
            });
            out.println(use.account().id() + ": renewed");
            return ExitCode.DONE;
        } catch (JobFailure failure) {
            out.println(use.account().id() + ": not renewed: " + failure.getMessage());
            return failure.exitCode();
        }
    }
}
