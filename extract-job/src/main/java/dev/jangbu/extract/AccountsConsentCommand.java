package dev.jangbu.extract;

import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.cafe24.Consent;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts consent NAME}: lets the mall's operator consent in a browser, and keeps the tokens. */
@Command(
        name = "consent",
        description = "Let a Cafe24 mall's operator consent in a browser, and keep the tokens this brings.",
        sortOptions = false)
final class AccountsConsentCommand implements Callable<ExitCode> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<String, String> environment;
    private final Clock clock;
    private final Duration patience;
    private final InputStream standardInput;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "As accounts list shows it.")
    private String name = "";

    @Option(
            names = "--port",
            defaultValue = "39000",
            description = "Of this machine, where the browser is sent back to (default: ${DEFAULT-VALUE}; 0 for any).")
    private int port;

    @Option(
            names = "--redirect-uri",
            paramLabel = "URL",
            description =
                    "What is registered with the app, where that is not http://127.0.0.1:PORT/callback; it must lead"
                            + " there.")
    private @Nullable String redirectUri;

    @Mixin
    private RunOptions options = new RunOptions();

    AccountsConsentCommand() {
        this(System.getenv(), Clock.systemUTC(), PATIENCE, System.in);
    }

    AccountsConsentCommand(Map<String, String> environment, Clock clock, Duration patience, InputStream standardInput) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.patience = patience;
        this.standardInput = standardInput;
    }

    @Override
    public ExitCode call() {
        AccountUse use = AccountUse.of(name, environment, options, clock);
        if (use.account().channel() != Channel.CAFE24) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    name + ": of " + use.account().channel().word()
                            + " (expected: an account of cafe24; others need no consent)");
        }
        if (options.isDryRun()) {
            spec.commandLine().getOut().println("would ask the operator of " + name + " to consent");
            return ExitCode.DONE;
        }
        Credential.Token token = use.run((accounts, access) -> {
            Credential credential = access.credential();
            try (Consent consent = Consent.open(use.account(), credential, environment, port, redirectUri)) {
                tell(consent.address());
                listenTo(consent);
                Credential.Token brought = consent.await(patience, access);
                accounts.keep(use.account(), brought);
                return brought;
            }
        });
        spec.commandLine()
                .getOut()
                .println(name + " has consented; without a run it must again after " + token.refreshExpiresAt());
        return ExitCode.DONE;
    }

    private void tell(String address) {
        spec.commandLine()
                .getOut()
                .println("open in the browser of the mall's operator, within " + patience.toMinutes() + " minutes:");
        spec.commandLine().getOut().println(address);
        spec.commandLine()
                .getOut()
                .println("the browser ends at an address it cannot reach? Then paste that address here");
        spec.commandLine().getOut().flush();
    }

    /** A browser on another machine, or this command in a container: what it cannot bring back, people can. */
    private void listenTo(Consent consent) {
        Thread reader = new Thread(() -> takeLines(consent), "pasted-address");
        reader.setDaemon(true);
        reader.start();
    }

    private void takeLines(Consent consent) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8))) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
                if (!consent.take(line)) {
                    spec.commandLine().getOut().println("not an answer to this consent (expected: …/callback?code=…)");
                    spec.commandLine().getOut().flush();
                }
            });
        } catch (IOException | UncheckedIOException closed) {
            // Nobody pastes anything then; the browser may still come back.
        }
    }
}
