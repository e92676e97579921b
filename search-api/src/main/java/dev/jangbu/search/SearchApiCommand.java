package dev.jangbu.search;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.search.keys.KeysCommand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code search-api.jar}: serves until it is stopped; {@code search-api.jar keys add …} gives out a key. */
@Command(
        name = "search-api",
        description = "Answer searches over card sales, unit prices and anomalies, for programs and as a page.",
        subcommands = KeysCommand.class)
public final class SearchApiCommand implements Callable<ExitCode> {
    private static final int LONGEST_END_SECONDS = 10;

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

    @Option(names = "--dry-run", description = "Start, say where, and stop: what would go wrong goes wrong now.")
    private boolean isDryRun;

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new SearchApiCommand(), arguments));
    }

    @Override
    public ExitCode call() throws InterruptedException {
        SearchSettings settings = SearchSettings.from(System.getenv(), new Workspace(workspace), address, port);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            awaitAnswersUnderWay(closed);
        }));
        try (SearchApi server = start(settings)) {
            System.out.println("search at " + server.url());
            System.out.flush();
            if (!isDryRun) {
                stopped.await();
            }
        } finally {
            closed.countDown();
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

    private static void awaitAnswersUnderWay(CountDownLatch closed) {
        try {
            if (!closed.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("search: ended amid answers that took more than " + LONGEST_END_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
