package dev.jangbu.transform.fast;

import dev.jangbu.transform.landing.LandingPart;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Reads blocks in one thread, parses them in others, and hands them out in the order in which they were read. A failure
 * of any of them comes out of {@link #next}, in its place.
 */
final class BlockPipeline implements AutoCloseable {
    private static final int BLOCKS = 10;
    private static final int WORKERS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Future<Block>> read = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final ExecutorService workers;
    private final ExecutorService reader;
    private final ThreadLocal<BlockParser> parsers;

    BlockPipeline(List<LandingPart> parts, Supplier<BlockParser> parser) {
        this.parsers = ThreadLocal.withInitial(parser);
        this.workers = Executors.newFixedThreadPool(WORKERS, work -> daemon(work, "parse"));
        this.reader = Executors.newSingleThreadExecutor(work -> daemon(work, "read"));
        for (int block = 0; block < BLOCKS; block++) {
            free.add(new Block());
        }
        reader.execute(() -> readAll(parts));
    }

    /** The next block; there must be one. To be given back by {@link #release}. */
    Block next() throws InterruptedException {
        try {
            return read.take().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    void release(Block block) {
        free.add(block);
    }

    @Override
    public void close() {
        reader.shutdownNow();
        workers.shutdownNow();
    }

    private void readAll(List<LandingPart> parts) {
        try (BlockReader blocks = new BlockReader(parts, true)) {
            Block block = free.take();
            while (blocks.read(block)) {
                read.put(parse(block));
                block = free.take();
            }
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | IOException | Error failure) {
            read.add(CompletableFuture.failedFuture(failure));
        }
    }

    private Future<Block> parse(Block block) {
        return workers.submit(() -> {
            parsers.get().parse(block);
            return block;
        });
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
