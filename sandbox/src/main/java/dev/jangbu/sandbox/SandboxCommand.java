package dev.jangbu.sandbox;

import dev.jangbu.sandbox.cards.CardSalesCommand;
import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.shop.Scenario;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code make sandbox}. Exit codes: 0 stopped, 1 the port is taken, 2 wrong arguments. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = CardSalesCommand.class,
        description =
                "Cafe24, SmartStore, Ably and Google Analytics as one server on this machine, with made-up shops.")
public final class SandboxCommand implements Callable<Integer> {
    private static final int TAKEN = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Of the interface it listens on (default: ${DEFAULT-VALUE}; 0.0.0.0 in a container).")
    private String address = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9500",
            description = "Where it listens there (default: ${DEFAULT-VALUE}; 0 for any).")
    private int port;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "What the shops are drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "default, paging or quiet (default: ${DEFAULT-VALUE}).")
    private String scenario = "default";

    @Option(
            names = "--now",
            paramLabel = "TIME",
            defaultValue = "2026-03-02T09:00:00+09:00",
            description = "Where its clock begins (default: ${DEFAULT-VALUE}).")
    private String now = "";

    @Option(names = "--standing", description = "The clock stands still until it is moved.")
    private boolean isStanding;

    @Option(names = "--control", description = "Also answer below /__sandbox: reset, clock, accounts, faults, truth.")
    private boolean hasControl;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return line().execute(arguments);
    }

    /** What is wrong in arguments is told in one line. */
    static CommandLine line() {
        return new CommandLine(new SandboxCommand())
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((wrong, arguments) -> {
                    wrong.getCommandLine().getErr().println(wrong.getMessage());
                    return CommandLine.ExitCode.USAGE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(settings())) {
            tell(sandbox);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            stopped.await();
            return 0;
        } catch (PortInUseException taken) {
            System.err.println("port: " + port + " is taken (expected: a free one, --port)");
            return TAKEN;
        }
    }

    private Sandbox.Settings settings() {
        try {
            return new Sandbox.Settings(
                    address,
                    port,
                    hasControl,
                    new StageSettings(
                            seed,
                            Scenario.parse(scenario),
                            OffsetDateTime.parse(now).toInstant(),
                            !isStanding));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void tell(Sandbox sandbox) {
        String url = sandbox.url();
        System.out.println("sandbox at " + url + ", seed " + seed + ", scenario " + scenario);
        System.out.println("  Cafe24      " + url + "/cafe24/{mall}/api/v2");
        System.out.println("  SmartStore  " + url + "/naver/external");
        System.out.println("  Ably        " + url + "/ably");
        System.out.println("  Google      " + url + "/google/token, " + url + "/ga4/v1beta");
        if (hasControl) {
            System.out.println("  log-ins     curl " + url + "/__sandbox/accounts");
        }
        System.out.flush();
    }
}
