package dev.jangbu.devdatabase;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One start or stop at a time; the operating system frees the lock when its holder dies. */
final class ServerLock {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private ServerLock() {}

    /** Waits for its turn, and says so; then does the work. */
    static <T> T holding(ServerFolder folder, PrintStream out, Supplier<T> work) {
        try (FileChannel channel =
                FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, folder, out);
            return work.get();
        } catch (IOException failure) {
            throw Storage.refusal("cannot lock", folder.lock(), failure);
        }
    }

    private static void lock(FileChannel channel, ServerFolder folder, PrintStream out) throws IOException {
        if (tryLock(channel) != null) {
            return;
        }
        out.println("another start or stop is under way; waiting for it");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (tryLock(channel) == null) {
            if (System.nanoTime() > deadline) {
                throw new Refusal(folder.lock() + ": held by another start or stop for " + PATIENCE.toMinutes()
                        + " minutes; end that one and run again");
            }
            Pause.briefly();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }
}
