package dev.jangbu.extract;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.extract.window.WindowConfiguration;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** What the command asks for a dataset of a shop's account. */
final class ShopRun {
    private final Map<String, String> environment;
    private final RunOptions options;
    private final String dataset;
    private final WindowOptions window;
    private final CredentialVault vault;

    ShopRun(Map<String, String> environment, RunOptions options, String dataset, WindowOptions window) {
        this.environment = Map.copyOf(environment);
        this.options = options;
        this.dataset = dataset;
        this.window = window;
        this.vault = CredentialVault.from(environment);
    }

    /**
     * The source that fits the account.
     *
     * @throws dev.jangbu.kit.exit.JobFailure with {@link ExitCode#USAGE} when the account is unknown or has no such dataset
     */
    ShopSource open(String source, ShopSources.Input input) {
        return new ShopSources(environment).open(account(), dataset, source, input);
    }

    String plan(LocalDate day, ShopSource source) {
        RunRequest request = request(day);
        return "would extract " + dataset + " of " + window.slice() + " for " + day + " from " + source.plan()
                + ", into "
                + request.workspace().landing(dataset, request.slice(), day).path();
    }

    ExitCode of(LocalDate day, ShopSource source, LandingFormat format) {
        return JobRunner.ofProcess(options.isVerbose())
                .run(request(day), WindowConfiguration.class, source, window, format, vault);
    }

    /** As {@link #of}; where a run of the same is on its way since this process began, its end is this one's. */
    ExitCode joined(LocalDate day, ShopSource source, LandingFormat format) {
        Instant now = Instant.now();
        Duration age = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, now))
                .orElse(Duration.ZERO);
        return JobRunner.ofProcess(options.isVerbose())
                .join(request(day), age, WindowConfiguration.class, source, window, format, vault);
    }

    private RunRequest request(LocalDate day) {
        return options.request("extract-job", dataset, window.slice(), day);
    }

    private Account account() {
        return AccountUse.of(window.accountId(), environment, options, Clock.systemUTC())
                .account();
    }
}
