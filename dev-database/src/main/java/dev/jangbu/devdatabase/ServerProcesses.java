package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of this data directory: each of PostgreSQL's has it as its working directory. Seen on Linux only. */
final class ServerProcesses {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ServerFolder folder;

    ServerProcesses(ServerFolder folder) {
        this.folder = folder;
    }

    /** What the server wrote about itself, if it looks as a running server's. */
    Optional<ProcessFile> recorded() {
        return ProcessFile.read(folder.processFile()).filter(file -> ProcessHandle.of(file.processId())
                .map(ProcessHandle::isAlive)
                .orElse(false));
    }

    /** Whether this system shows where a process works. */
    boolean canSee() {
        return Files.exists(PROCESSES.resolve("self").resolve("cwd"));
    }

    boolean isOurs(long processId) {
        try {
            return Files.isSameFile(PROCESSES.resolve(Long.toString(processId)).resolve("cwd"), folder.data());
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    /**
     * Clears what a killed server left: its orphaned sessions, which would keep the next one from starting, and a process
     * file whose process id now belongs to something else.
     */
    void clearLeftovers() {
        if (!canSee()) {
            return;
        }
        boolean serverThere =
                recorded().map(ProcessFile::processId).filter(this::isOurs).isPresent();
        if (serverThere) {
            return;
        }
        ours().forEach(ServerProcesses::end);
        if (recorded().isPresent()) {
            delete(folder.processFile());
        }
    }

    private List<ProcessHandle> ours() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> isOurs(process.pid()))
                    .filter(ServerProcesses::isPostgres)
                    .toList();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("/postgres"))
                .orElse(false);
    }

    private static void end(ProcessHandle orphan) {
        orphan.destroyForcibly();
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        while (orphan.isAlive() && System.nanoTime() < deadline) {
            Pause.briefly();
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
