package dev.jangbu.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where tests put files: in memory, where the machine has that, with room in it, and lets programs start from there. A disk
 * takes some milliseconds for each file that is made to last, and half a second to copy a database; nothing here is to last.
 */
final class Scratch {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final long ROOM = 4L << 30;

    private Scratch() {}

    static Path folder() throws IOException {
        return isMemoryFit() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean isMemoryFit() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM && mayStartPrograms();
    }

    private static boolean mayStartPrograms() throws IOException {
        if (!Files.isReadable(MOUNTS)) {
            return false;
        }
        try (Stream<String> mounts = Files.lines(MOUNTS)) {
            return mounts.map(mount -> mount.split(" ", -1))
                    .noneMatch(mount -> mount[1].equals(MEMORY.toString()) && mount[3].contains("noexec"));
        }
    }
}
