package dev.jangbu.faults.fault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system in memory of a size that can be changed, mounted on a folder until it is closed. Needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk mount(Path folder, long kibibytes) throws IOException {
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()));
        return new SmallDisk(folder);
    }

    /** Why no disk can be mounted here; empty when it can. */
    static Optional<String> whyNot(Path scratch) {
        try {
            Path probe = Files.createTempDirectory(scratch, "mount");
            try (SmallDisk disk = mount(probe, 4)) {
                return Files.isDirectory(disk.folder) ? Optional.empty() : Optional.of("no tmpfs");
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException | IllegalStateException refused) {
            return Optional.of("needs root and the right to mount a tmpfs");
        }
    }

    void resize(long kibibytes) throws IOException {
        run(List.of("mount", "-o", "remount,size=" + kibibytes + "k", folder.toString()));
    }

    void readOnly(boolean isReadOnly) throws IOException {
        run(List.of("mount", "-o", "remount," + (isReadOnly ? "ro" : "rw"), folder.toString()));
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", folder.toString()));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(process) != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a disk was mounted");
        }
    }
}
