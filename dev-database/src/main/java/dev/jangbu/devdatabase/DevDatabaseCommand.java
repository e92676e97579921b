package dev.jangbu.devdatabase;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Exit codes: 0 done; 1 failed, or {@code status} and {@code url} found no running server; 2 wrong arguments. */
@Command(
        name = "dev-database",
        description = "The embedded PostgreSQL of a workspace: a real server, kept in <workspace>/postgres.",
        mixinStandardHelpOptions = true,
        versionProvider = DevDatabaseCommand.Version.class)
public final class DevDatabaseCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:JANGBU_WORKSPACE:-./data}",
            description = "Whose database (default: ./data, or env JANGBU_WORKSPACE).")
    private Path workspace = Path.of("data");

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where PostgreSQL's programs are unpacked (default: <workspace>/postgres).")
    private @Nullable Path programs;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new DevDatabaseCommand())
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure instanceof Refusal ? failure.getMessage() : failure);
                    return FAILED;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "which? (expected: start, stop, status or url)");
    }

    @Command(description = "Start it, unless it runs.", mixinStandardHelpOptions = true)
    int start() {
        long begin = System.nanoTime();
        RunningServer server = server().start();
        System.out.printf(
                "PostgreSQL %s at %s (process %d, %.1f s)%n",
                Programs.version(), server.url(), server.processId(), (System.nanoTime() - begin) / 1e9);
        return DONE;
    }

    @Command(description = "Stop it, if it runs; the data stays.", mixinStandardHelpOptions = true)
    int stop() {
        System.out.println(server().stop() ? "PostgreSQL stopped; its data stays" : "PostgreSQL was not running");
        return DONE;
    }

    @Command(description = "Say whether it runs; exit code 1 if not.", mixinStandardHelpOptions = true)
    int status() {
        Optional<RunningServer> server = server().running();
        System.out.println(server.map(running -> "running: " + running.url() + " (process " + running.processId()
                        + ", data in " + folder().data() + ")")
                .orElse("not running (data in " + folder().data() + ")"));
        return server.isPresent() ? DONE : FAILED;
    }

    @Command(description = "Print its JDBC URL; exit code 1 if it does not run.", mixinStandardHelpOptions = true)
    int url() {
        RunningServer server = server().running()
                .orElseThrow(() -> new Refusal("not running (data in " + folder().data() + "); start it first"));
        System.out.println(server.url());
        return DONE;
    }

    private EmbeddedServer server() {
        ServerFolder folder = folder();
        return new EmbeddedServer(folder, Programs.in(programs == null ? folder.root() : programs), System.out);
    }

    private ServerFolder folder() {
        return ServerFolder.of(workspace);
    }

    /** Reads the version when it is asked for. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "dev-database " + Programs.Build.property("version") + ", PostgreSQL " + Programs.version()
            };
        }
    }
}
