package dev.jangbu.extract.http;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets calls to a platform through so that no stretch of time holds more of them than it takes from one address. All
 * processes and threads that share the file stand in one queue. The file holds when the last calls were let through; it is
 * locked while one is given its time, and never while anybody waits for it. Who ends while waiting leaves its turn unused.
 * Threads may share one.
 */
public final class Turnstile {
    /** A file's lock is the process's: its threads wait for each other here. */
    private static final Lock IN_THIS_PROCESS = new ReentrantLock(true);

    private static final int LONGEST_FILE = 64 << 10;

    private final AddressLimit limit;
    private final Path file;

    private Turnstile(AddressLimit limit, Path file) {
        this.limit = limit;
        this.file = file;
    }

    /** @param file made where it is missing, and made anew where it is damaged */
    public static Turnstile of(AddressLimit limit, Path file) {
        return new Turnstile(limit, file);
    }

    /**
     * Takes the next turn.
     *
     * @param clock asked once it is this one's turn to ask
     * @return when the call may be made: now or later
     * @throws dev.jangbu.kit.exit.JobFailure when the file cannot be read or written
     */
    Instant take(Clock clock) {
        IN_THIS_PROCESS.lock();
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                // Until the channel is closed.
                channel.lock();
                Instant now = clock.instant();
                CallTimes times = CallTimes.parse(limit, read(channel), now).withNext(now);
                write(channel, times.text());
                return times.last();
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot keep the times of calls in", file, failure);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_FILE));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until it is full, or the file ends.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        channel.position(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.truncate(bytes.limit());
    }
}
