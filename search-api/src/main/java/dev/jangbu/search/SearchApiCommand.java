package dev.jangbu.search;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.search.keys.KeysCommand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code search-api.jar}: serves until it is stopped; {@code search-api.jar keys add …} gives out a key. */
@Command(
        name = "search-api",
        description = "Answer searches over card sales, unit prices and anomalies, for programs and as a page.",
        subcommands = KeysCommand.class)
public final class SearchApiCommand implements Callable<ExitCode> {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Of the interface it listens on (default: ${DEFAULT-VALUE}; 0.0.0.0 in a container).")
    private String address = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8090",
            description = "Where it listens there (default: ${DEFAULT-VALUE}; 0 for any).")
    private int port;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "${env:JANGBU_WORKSPACE:-./data}",
            description = "Whose database is asked where JANGBU_DB_URL is not set (default: ./data).")
    private Path workspace = Path.of("data");

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new SearchApiCommand(), arguments));
    }

    @Override
    public ExitCode call() throws InterruptedException {
        SearchSettings settings = SearchSettings.from(System.getenv(), new Workspace(workspace), address, port);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread serving = Thread.currentThread();
        try (SearchApi server = start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stopped.countDown();
                await(serving);
            }));
            System.out.println("search at " + server.url());
            System.out.flush();
            stopped.await();
        }
        return ExitCode.DONE;
    }

    private static SearchApi start(SearchSettings settings) {
        try {
            return SearchApi.start(settings);
        } catch (RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof JobFailure told) {
                    throw told;
                }
                if (cause instanceof PortInUseException) {
                    throw new JobFailure(
                            ExitCode.USAGE, "--port: " + settings.port() + " is taken (expected: a free one)", failure);
                }
            }
            throw failure;
        }
    }

    /** The process may end when the answers under way are given. */
    private static void await(Thread serving) {
        try {
            serving.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
