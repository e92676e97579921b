package dev.jangbu.extract.mysql;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what one thread reads to another that works on it, in its order and in batches, of which few are held. What fails
 * there is thrown here, at one of the next calls. Closed only when nobody works on anything any more.
 */
final class HandedOn<T> implements AutoCloseable {
    private static final int BATCH = 512;
    private static final int BATCHES = 8;
    private static final long LOOK_MILLIS = 50;

    private final BlockingQueue<List<T>> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Consumer<T> taker;
    private final Thread thread;
    private List<T> batch = new ArrayList<>(BATCH);
    private volatile boolean isStopped;
    private volatile @Nullable Throwable failure;

    private HandedOn(Consumer<T> taker) {
        this.taker = taker;
        this.thread = new Thread(this::takeAll, "landing");
        thread.setDaemon(true);
    }

    static <T> HandedOn<T> to(Consumer<T> taker) {
        HandedOn<T> handed = new HandedOn<>(taker);
        handed.thread.start();
        return handed;
    }

    void give(T one) {
        batch.add(one);
        if (batch.size() == BATCH) {
            hand();
        }
    }

    /** Returns when all of it was worked on. */
    void finish() {
        if (!batch.isEmpty()) {
            hand();
        }
        // An empty batch says that it was the last.
        hand();
        join();
        throwFailure();
    }

    /** What was not worked on yet is left. */
    @Override
    public void close() {
        isStopped = true;
        join();
    }

    private void hand() {
        try {
            while (!batches.offer(batch, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throwFailure();
            }
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
        batch = new ArrayList<>(BATCH);
    }

    private void takeAll() {
        try {
            while (!isStopped) {
                List<T> next = batches.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                if (next.isEmpty()) {
                    return;
                }
                next.forEach(taker);
            }
        } catch (InterruptedException interrupted) {
            failure = stopped(interrupted);
        } catch (RuntimeException | Error failed) {
            failure = failed;
        }
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    private void throwFailure() {
        Throwable failed = failure;
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException told) {
            throw told;
        }
    }

    private static JobFailure stopped(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new JobFailure(ExitCode.FAILED, "stopped while the sales were read", interrupted);
    }
}
