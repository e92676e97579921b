package dev.jangbu.transform.output;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes what was written durable beside the work, so that little is left to wait for at the end. */
public final class BackgroundForce implements AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "force");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> pending = new ArrayList<>();

    void soon(Path file, FileChannel channel) {
        if (pending.isEmpty() || pending.get(pending.size() - 1).isDone()) {
            submit(file, channel, false);
        }
    }

    /** The last time for this channel, which is closed. */
    void last(Path file, FileChannel channel) {
        submit(file, channel, true);
    }

    /** Returns when everything handed in is durable. */
    public void await() throws InterruptedException {
        for (Future<?> force : pending) {
            try {
                force.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException told
                        ? told
                        : new IllegalStateException(failure.getCause());
            }
        }
        pending.clear();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void submit(Path file, FileChannel channel, boolean isLast) {
        pending.add(executor.submit(() -> {
            try {
                channel.force(isLast);
                if (isLast) {
                    channel.close();
                }
            } catch (IOException failure) {
                throw StorageFailure.of("cannot write", file, failure);
            }
        }));
    }
}
