package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Mart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several marts of one day, each after those it depends on, so many at once. A mart that fails holds back only those that
 * depend on it, as it would where an orchestrator runs each by itself.
 */
public final class DayOfMarts {
    private static final Logger log = LoggerFactory.getLogger(DayOfMarts.class);

    private final List<Mart> marts;
    private final int parallel;
    private final Function<Mart, ExitCode> build;

    /**
     * @param marts each after those it depends on
     * @param parallel how many are built at once, 1 or more
     * @param build may be called on several threads
     */
    public DayOfMarts(List<Mart> marts, int parallel, Function<Mart, ExitCode> build) {
        this.marts = List.copyOf(marts);
        this.parallel = parallel;
        this.build = build;
    }

    /** Returns when all have ended: how each did, in the order given. */
    public DayEnd run() {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            return new DayEnd(begin(threads).values().stream()
                    .map(CompletableFuture::join)
                    .toList());
        } finally {
            threads.shutdown();
        }
    }

    private Map<String, CompletableFuture<MartEnd>> begin(ExecutorService threads) {
        Map<String, CompletableFuture<MartEnd>> ends = new LinkedHashMap<>();
        for (Mart mart : marts) {
            List<CompletableFuture<MartEnd>> before = mart.metadata().dependsOn().stream()
                    .filter(ends::containsKey)
                    .map(ends::get)
                    .toList();
            ends.put(
                    mart.name(),
                    CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
                            .thenApplyAsync(ready -> run(mart, before), threads));
        }
        return ends;
    }

    private MartEnd run(Mart mart, List<CompletableFuture<MartEnd>> before) {
        if (before.stream().allMatch(end -> end.join().isDone())) {
            return MartEnd.ran(mart.name(), build.apply(mart));
        }
        log.error(
                "mart={} state=not_built reason=\"one of {} failed\"",
                mart.name(),
                mart.metadata().dependsOn());
        return MartEnd.heldBack(mart.name());
    }
}
