package dev.jangbu.mart.build;

import dev.jangbu.kit.run.ExitCode;
import dev.jangbu.mart.definition.Mart;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several marts of one day, one after the other. A mart that fails holds back only those that depend on it, as it would
 * where an orchestrator runs each by itself.
 */
final class DayOfMarts {
    private static final Logger log = LoggerFactory.getLogger(DayOfMarts.class);

    private final List<Mart> marts;
    private final Function<Mart, ExitCode> build;

    /** @param marts each after those it depends on */
    DayOfMarts(List<Mart> marts, Function<Mart, ExitCode> build) {
        this.marts = List.copyOf(marts);
        this.build = build;
    }

    /** Returns how the first mart that failed ended, else done. */
    ExitCode run() {
        ExitCode first = ExitCode.DONE;
        Set<String> failed = new HashSet<>();
        for (Mart mart : marts) {
            ExitCode code = run(mart, failed);
            if (code != ExitCode.DONE) {
                failed.add(mart.name());
                first = first == ExitCode.DONE ? code : first;
            }
        }
        return first;
    }

    private ExitCode run(Mart mart, Set<String> failed) {
        Set<String> missing = new HashSet<>(mart.metadata().dependsOn());
        missing.retainAll(failed);
        if (missing.isEmpty()) {
            return build.apply(mart);
        }
        log.error("mart={} state=not_built reason=\"depends on {}, which failed\"", mart.name(), missing);
        return ExitCode.FAILED;
    }
}
