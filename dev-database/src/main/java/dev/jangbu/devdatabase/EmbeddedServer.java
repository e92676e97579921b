package dev.jangbu.devdatabase;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The PostgreSQL of one workspace. It runs by itself, detached from the process that started it. Starting a running one
 * and stopping a stopped one do nothing; what a killed one left behind is recovered by the next start.
 */
final class EmbeddedServer {
    private static final int PORTS_TRIED = 5;
    private static final String PATIENCE_SECONDS = "300";
    private static final long LARGE_LOG = 10_000_000;

    private final ServerFolder folder;
    private final Programs programs;
    private final PrintStream out;

    EmbeddedServer(ServerFolder folder, Programs programs, PrintStream out) {
        this.folder = folder;
        this.programs = programs;
        this.out = out;
    }

    /** @throws Refusal when it cannot be started */
    RunningServer start() {
        folder.create();
        return ServerLock.holding(folder, out, () -> {
            RunningServer server = running().orElseGet(this::startStopped);
            Storage.writePrivate(folder.connection(), server.connectionProperties());
            return server;
        });
    }

    /** @return whether there was one to stop */
    boolean stop() {
        if (!folder.hasData()) {
            return false;
        }
        return ServerLock.holding(folder, out, () -> {
            Optional<RunningServer> server = running();
            server.ifPresent(this::stop);
            delete(folder.connection());
            return server.isPresent();
        });
    }

    Optional<RunningServer> running() {
        return new ServerFinder(folder).find();
    }

    private RunningServer startStopped() {
        programs.unpack();
        ServerAccount account = ServerAccount.choose(folder);
        requireWorking(account);
        Cluster cluster = new Cluster(folder, programs, account);
        cluster.createIfMissing();
        new ServerProcesses(folder).clearLeftovers();
        cluster.restorePassword();
        launch(account);
        return running()
                .orElseThrow(() -> new Refusal("PostgreSQL started but is not the server of " + folder.data() + ": "
                        + lastReason(0) + " (see " + folder.log() + ")"));
    }

    private void launch(ServerAccount account) {
        ServerSettings settings = new ServerSettings(folder);
        settings.write();
        for (int attempt = 1; ; attempt++) {
            prepareLog();
            account.ownOnly(folder.root());
            account.ownOnly(folder.log());
            account.own(folder.data());
            long logged = logSize();
            if (control(
                            account,
                            "start",
                            "-w",
                            "-t",
                            PATIENCE_SECONDS,
                            "-l",
                            folder.log().getFileName().toString())
                    .isDone()) {
                return;
            }
            String reason = lastReason(logged);
            boolean portTaken = reason.contains("could not create any TCP/IP sockets")
                    || logSince(logged).contains("could not bind");
            if (!portTaken || attempt == PORTS_TRIED) {
                throw new Refusal("PostgreSQL did not start: " + reason + " (see " + folder.log() + ")");
            }
            settings.writeWithNewPort();
        }
    }

    private void stop(RunningServer server) {
        ProgramRun run = control(ServerAccount.choose(folder), "stop", "-w", "-t", PATIENCE_SECONDS, "-m", "fast");
        if (!run.isDone()) {
            throw new Refusal("PostgreSQL, process " + server.processId() + ", did not stop: " + run.reason() + " (see "
                    + folder.log() + ")");
        }
    }

    private ProgramRun control(ServerAccount account, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "-D";
        all[1] = folder.data().toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return ProgramRun.of(account.command(programs.program("pg_ctl"), all), folder.root(), "");
    }

    private void requireWorking(ServerAccount account) {
        ProgramRun run = ProgramRun.of(account.command(programs.program("postgres"), "--version"), Path.of("/"), "");
        if (!run.isDone()) {
            throw new Refusal("cannot run " + programs.program("postgres") + " as user id " + account.owner() + ": "
                    + run.reason() + " (expected: each folder above it open to all, and a C library PostgreSQL knows);"
                    + " pass another --workspace, or set JANGBU_DB_URL");
        }
    }

    private void prepareLog() {
        try {
            if (Files.exists(folder.log()) && Files.size(folder.log()) > LARGE_LOG) {
                Files.move(
                        folder.log(),
                        folder.log().resolveSibling("server.log.old"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(folder.log())) {
                Files.createFile(folder.log());
            }
        } catch (IOException failure) {
            throw Storage.refusal("cannot write", folder.log(), failure);
        }
    }

    private long logSize() {
        try {
            return Files.size(folder.log());
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", folder.log(), failure);
        }
    }

    private String lastReason(long since) {
        return ProgramRun.reasonIn(logSince(since));
    }

    private String logSince(long offset) {
        try {
            byte[] log = Files.readAllBytes(folder.log());
            int from = (int) Math.min(offset, log.length);
            return new String(log, from, log.length - from, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw Storage.refusal("cannot remove", file, failure);
        }
    }
}
