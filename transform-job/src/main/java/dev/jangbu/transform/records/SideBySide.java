package dev.jangbu.transform.records;

import dev.jangbu.transform.landing.PartLines;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Lines are judged in batches, as many at a time as there are processors; few are held. */
final class SideBySide implements Judging {
    private static final int BATCH = 256;
    private static final int BATCH_BYTES = 1 << 18;

    private final RecordJudge judge;
    private final Queue<RecordJudge> idle = new ConcurrentLinkedQueue<>();
    private final int pending;
    private final ExecutorService executor;
    private final Queue<Future<List<RecordJudge.Judged>>> batches = new ArrayDeque<>();
    private List<PartLines.Line> batch = new ArrayList<>(BATCH);
    private int batchBytes;

    SideBySide(RecordJudge judge) {
        int processors = Runtime.getRuntime().availableProcessors();
        this.judge = judge;
        this.pending = 4 * processors;
        this.executor = Executors.newFixedThreadPool(processors, work -> {
            Thread thread = new Thread(work, "judge");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void judge(PartLines.Line line, Consumer<RecordJudge.Judged> next) throws InterruptedException {
        batch.add(line);
        batchBytes += line.bytes().length;
        if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
            submit();
            if (batches.size() > pending) {
                handOn(next);
            }
        }
    }

    @Override
    public void finish(Consumer<RecordJudge.Judged> next) throws InterruptedException {
        submit();
        while (!batches.isEmpty()) {
            handOn(next);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void submit() {
        List<PartLines.Line> lines = batch;
        batch = new ArrayList<>(BATCH);
        batchBytes = 0;
        batches.add(executor.submit(() -> judgeAll(lines)));
    }

    private List<RecordJudge.Judged> judgeAll(List<PartLines.Line> lines) {
        RecordJudge free = idle.poll();
        RecordJudge own = free == null ? judge.twin() : free;
        List<RecordJudge.Judged> judged = lines.stream().map(own::judge).toList();
        idle.add(own);
        return judged;
    }

    private void handOn(Consumer<RecordJudge.Judged> next) throws InterruptedException {
        try {
            batches.remove().get().forEach(next);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException told
                    ? told
                    : new IllegalStateException(failure.getCause());
        }
    }
}
