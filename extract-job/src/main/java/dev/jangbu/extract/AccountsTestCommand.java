package dev.jangbu.extract;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts test NAME}: asks its platform for a little of everything. */
@Command(
        name = "test",
        description =
                "Ask an account's platform for a little of everything. One that answers needs no attention any more.")
final class AccountsTestCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "As accounts list shows it.")
    private String name = "";

    @Option(
            names = "--crawl",
            description = "Ably: log in to the seller's pages in a browser, with the seller's consent.")
    private boolean crawl;

    @Mixin
    private RunOptions options = new RunOptions();

    AccountsTestCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    AccountsTestCommand(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public ExitCode call() {
        AccountUse use = AccountUse.of(name, environment, options, clock);
        ShopSource source = source(use.account());
        if (options.isDryRun()) {
            spec.commandLine().getOut().println("would ask " + source.plan() + " for " + name);
            return ExitCode.DONE;
        }
        String answered = use.run((accounts, access) -> {
            String words = source.test(access);
            accounts.activate(use.account());
            return words;
        });
        spec.commandLine().getOut().println(name + " answers: " + answered);
        return ExitCode.DONE;
    }

    private ShopSource source(Account account) {
        ShopSources sources = new ShopSources(environment);
        return crawl
                ? sources.open(account, "orders", ShopOptions.CRAWL_SOURCE, ShopSources.Input.NONE)
                : sources.platform(account);
    }
}
