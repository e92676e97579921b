package dev.jangbu.devsource;

import java.nio.file.Path;
import java.util.List;
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

/** Exit codes: 0 done; 1 failed, or {@code status} found no running server; 2 wrong arguments. */
@Command(
        name = "dev-source",
        description = "A MariaDB to read from, for the demo: a real server, kept in <workspace>/mariadb.",
        mixinStandardHelpOptions = true,
        versionProvider = DevSourceCommand.Version.class)
public final class DevSourceCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final String DATABASE = "card_source";

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
            description = "Where MariaDB is unpacked (default: <workspace>/mariadb).")
    private @Nullable Path programs;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** @return the exit code */
    public static int run(String... arguments) {
        return new CommandLine(new DevSourceCommand())
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
        throw new ParameterException(line, "which? (expected: start, stop or status)");
    }

    @Command(
            description = "Start it, unless it runs, with the database " + DATABASE + " and its two users.",
            mixinStandardHelpOptions = true)
    int start(
            @Option(
                            names = "--listen",
                            paramLabel = "ADDRESS",
                            defaultValue = MariaDbServer.HOST,
                            description = "Of the interface it listens on (default: ${DEFAULT-VALUE}; 0.0.0.0 in a"
                                    + " container).")
                    String address,
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Where it listens there (default: any free one, kept).")
                    int port,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "How others call it: a name its certificate is for besides localhost.")
                    @Nullable
                    List<String> names) {
        long begin = System.nanoTime();
        MariaDbServer server = server(reach(address, port, names == null ? List.of() : names));
        server.start();
        SourceDatabase database = server.createDatabase(DATABASE);
        Storage.writePrivate(folder().resolve("connection.properties"), connection(server, database));
        System.out.printf(
                "MariaDB %s at %s (process %d, %.1f s)%n",
                MariaDbServer.version(),
                url(server, database),
                server.processId().orElseThrow(),
                (System.nanoTime() - begin) / 1e9);
        return DONE;
    }

    @Command(description = "Stop it, if it runs; the data stays.", mixinStandardHelpOptions = true)
    int stop() {
        System.out.println(server().stop() ? "MariaDB stopped; its data stays" : "MariaDB was not running");
        return DONE;
    }

    @Command(description = "Say whether it runs; exit code 1 if not.", mixinStandardHelpOptions = true)
    int status() {
        Optional<Long> process = server().processId();
        System.out.println(process.map(id -> "running at " + MariaDbServer.HOST + ":" + server().port() + " (process "
                        + id + ", data in " + folder() + ")")
                .orElse("not running (data in " + folder() + ")"));
        return process.isPresent() ? DONE : FAILED;
    }

    private Reach reach(String address, int port, List<String> names) {
        try {
            return new Reach(address, port, names);
        } catch (Refusal wrong) {
            String reason = Objects.requireNonNull(wrong.getMessage());
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), reason, wrong);
        }
    }

    private static String url(MariaDbServer server, SourceDatabase database) {
        return "jdbc:mariadb://" + MariaDbServer.HOST + ":" + server.port() + "/" + database.name();
    }

    /** For scripts; values need no escapes in a properties file. */
    private static String connection(MariaDbServer server, SourceDatabase database) {
        return "host=" + MariaDbServer.HOST + "\nport=" + server.port() + "\ndatabase=" + database.name() + "\nca="
                + server.authority() + "\nreader=" + database.reader() + "\nreader_password_file="
                + database.readerPasswordFile() + "\nowner=" + database.owner() + "\nowner_password_file="
                + database.ownerPasswordFile() + "\n";
    }

    private MariaDbServer server() {
        return server(Reach.LOOPBACK);
    }

    private MariaDbServer server(Reach reach) {
        return MariaDbServer.in(folder(), programs == null ? folder() : programs, Size.DEMO, reach);
    }

    private Path folder() {
        return workspace.resolve("mariadb");
    }

    /** Reads the version when it is asked for. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"dev-source " + Build.version() + ", MariaDB " + Build.mariaDbVersion()};
        }
    }
}
