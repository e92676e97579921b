package dev.jangbu.transform.fast;

import dev.jangbu.transform.output.PartFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the clean rows of committed blocks in a thread of its own, in order, so that digesting and writing go on beside
 * the committing. The other methods are for the committing thread.
 */
final class CleanWriter implements AutoCloseable {
    private final BlockPipeline pipeline;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "write");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private List<Run> runs = new ArrayList<>();
    private @Nullable Future<?> last;

    /** Rows that stand together in a block. */
    private record Run(int from, int length) {}

    CleanWriter(BlockPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Adds rows of the block being committed. */
    void add(int from, int to) {
        if (to > from) {
            runs.add(new Run(from, to - from));
        }
    }

    /** Ends the block: its rows are written to the file, then the block is given back. */
    void write(Block block, PartFile file) {
        requireNoFailure();
        List<Run> ofBlock = runs;
        runs = new ArrayList<>();
        last = executor.submit(() -> write(block, ofBlock, file));
    }

    /** Returns when all blocks are written; throws what went wrong with any of them. */
    void await() throws InterruptedException {
        try {
            if (last != null) {
                last.get();
            }
        } catch (ExecutionException unforeseen) {
            throw new IllegalStateException(unforeseen.getCause());
        }
        requireNoFailure();
    }

    private void write(Block block, List<Run> ofBlock, PartFile file) {
        try {
            for (Run run : ofBlock) {
                file.append(block.records.rows, run.from(), run.length());
            }
        } catch (RuntimeException refused) {
            failure.compareAndSet(null, refused);
        } finally {
            pipeline.release(block);
        }
    }

    private void requireNoFailure() {
        RuntimeException refused = failure.get();
        if (refused != null) {
            throw refused;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
