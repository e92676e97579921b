package dev.jangbu.extract;

import dev.jangbu.extract.account.AccountsAddCommand;
import dev.jangbu.extract.account.AccountsKeyCommand;
import dev.jangbu.extract.account.AccountsListCommand;
import dev.jangbu.extract.account.AccountsRemoveCommand;
import dev.jangbu.extract.account.AccountsRotateCommand;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code extract-job.jar accounts}: the shops' accounts on platforms. */
@Command(
        name = "accounts",
        description =
                "The shops' accounts on platforms, their secrets sealed with the key in JANGBU_CREDENTIAL_KEY_FILE.",
        subcommands = {
            AccountsAddCommand.class,
            AccountsListCommand.class,
            AccountsTestCommand.class,
            AccountsConsentCommand.class,
            AccountsRenewCommand.class,
            AccountsRotateCommand.class,
            AccountsRemoveCommand.class,
            AccountsKeyCommand.class
        })
public final class AccountsCommand implements Callable<ExitCode> {
    @Override
    public ExitCode call() {
        throw new JobFailure(
                ExitCode.USAGE,
                "command: none (expected: accounts add, list, test, consent, renew, rotate, remove or key; see --help)");
    }
}
