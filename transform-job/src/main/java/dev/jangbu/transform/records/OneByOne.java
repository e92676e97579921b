package dev.jangbu.transform.records;

import dev.jangbu.transform.landing.PartLines;
import java.util.function.Consumer;

/** For a mapper that remembers what it has seen. */
record OneByOne(RecordJudge judge) implements Judging {
    @Override
    public void judge(PartLines.Line line, Consumer<RecordJudge.Judged> next) {
        next.accept(judge.judge(line));
    }

    @Override
    public void finish(Consumer<RecordJudge.Judged> next) {
        // Every line was handed on when it came.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
